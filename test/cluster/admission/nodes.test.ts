import { nodesRule } from "../../../lib/cluster/admission/nodes";
import { refusals } from "../../support/admission";

const groups = ["system:nodes", "system:authenticated"];
const labels = {
  "zirsakht.ir/messenger": "soroush",
  "topology.kubernetes.io/zone": "r01",
  "kubernetes.io/hostname": "thr1-r01-s01",
  "kubernetes.io/os": "linux",
};
const node = (changes: object = {}, capacity: object = {}, allocatable: object = {}) => ({
  metadata: { name: "thr1-r01-s01", labels: { ...labels, ...changes } },
  status: { capacity: { cpu: "48", ...capacity }, allocatable: { cpu: "47", ...allocatable } },
});
const egress = (amount: string) => ({ "zirsakht.ir/egress-mbps": amount });
const updates = (object: object, oldObject: object = node({}, egress("18k")), by = groups) =>
  refusals(nodesRule, { operation: "UPDATE", object, oldObject, groups: by });

test("a node may report its status, label itself otherwise, and copy capacity to allocatable", () => {
  expect(updates(node({ "kubernetes.io/os": "other" }, egress("18k"), egress("18000")))).toEqual([]);
});

test("a node may start without any labels", () => {
  expect(updates({ metadata: { name: "n" } }, { metadata: { name: "n" } })).toEqual([]);
});

test.each([
  [{ "zirsakht.ir/messenger": "gap" }, "a node may not change or remove its labels"],
  [{ "zirsakht.ir/messenger": undefined }, "a node may not change or remove its labels"],
  [{ "topology.kubernetes.io/zone": "r02" }, "a node may not change or remove its labels"],
  [{ "kubernetes.io/hostname": "thr1-r02-s01" }, "a node may not change or remove its labels"],
  [{ "zirsakht.ir/group": "database" }, "a node may not add labels"],
  [{ "topology.kubernetes.io/region": "mhd1" }, "a node may not add labels"],
])("a node may not change its labels by %j, in nodes or in nodes/status", (change, message) => {
  expect(updates(JSON.parse(JSON.stringify(node(change, egress("18k")))) as object)).toEqual([expect.stringContaining(message)]);
  expect(nodesRule.resourceRules[0]?.resources).toEqual(["nodes", "nodes/status"]);
});

test("a node may lower what is ours, and not raise it or invent it", () => {
  expect(updates(node({}, egress("0"), egress("0")))).toEqual([]);
  expect(updates(node({}, egress("18001"), egress("18k")))).toEqual(["a node may not raise its capacity of zirsakht.ir/*"]);
  expect(updates(node({}, egress("18k"), egress("20k")))).toEqual(["a node may not allow more of zirsakht.ir/* than its capacity"]);
  expect(updates(node({}, { ...egress("18k"), "zirsakht.ir/ingress-mbps": "1" }))).toEqual([
    "a node may not raise its capacity of zirsakht.ir/*",
  ]);
});

test("a node may not remove itself", () => {
  expect(refusals(nodesRule, { operation: "DELETE", oldObject: node(), groups })).toEqual([
    "a node may not remove itself; the site's set-up or an administrator does",
  ]);
});

test("everybody else may do all of this, as RBAC lets them", () => {
  const nfd = ["system:serviceaccounts", "system:authenticated"];
  expect(updates(node({ "zirsakht.ir/messenger": "gap" }, egress("40k")), node(), nfd)).toEqual([]);
  expect(refusals(nodesRule, { operation: "DELETE", oldObject: node(), groups: nfd })).toEqual([]);
});
