import { bindingSubjects } from "../../../lib/diff/security/bindingSubjects";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, clusterWide, object } from "./compared";

const group = (name: string): JsonObject => ({ kind: "Group", name, apiGroup: "rbac.authorization.k8s.io" });
const binding = (subjects: JsonObject[], name = "viewer", kind = "Role") => object("RoleBinding", { roleRef: { kind, name }, subjects });

test("a subject that is added widens; taken away it narrows; another order is nothing", () => {
  const [one, two] = [binding([group("a")]), binding([group("b"), group("a")])];
  expect(between(bindingSubjects, one, two)).toEqual(["widens: Group b may now do what Role viewer allows in messenger-gap"]);
  expect(between(bindingSubjects, two, one)).toEqual(["narrows: Group b may no longer do what Role viewer allows in messenger-gap"]);
  expect(between(bindingSubjects, two, binding([group("a"), group("b")]))).toEqual([]);
});

test("another role is both: what is held now, and what no longer is", () => {
  expect(between(bindingSubjects, binding([group("a")]), binding([group("a")], "edit", "ClusterRole"))).toEqual([
    "widens: Group a may now do what ClusterRole edit allows in messenger-gap (before: what Role viewer allows)",
    "narrows: Group a may no longer do what Role viewer allows in messenger-gap (now: what ClusterRole edit allows)",
  ]);
});

test("a new binding is told, one that goes too; a whole new stack's is not, but for one of the whole cluster", () => {
  const added = { added: ["gap.thr1"] };
  expect(between(bindingSubjects, undefined, binding([group("a")]))).toEqual([
    "widens: is new: Group a may now do what Role viewer allows in messenger-gap",
  ]);
  expect(between(bindingSubjects, binding([group("a")]), undefined)).toEqual([
    "narrows: is gone: Group a may no longer do what Role viewer allows in messenger-gap",
  ]);
  expect(between(bindingSubjects, undefined, binding([group("a")]), added)).toEqual([]);
  const cluster = clusterWide("ClusterRoleBinding", { roleRef: { kind: "ClusterRole", name: "viewer" }, subjects: [group("a")] });
  expect(between(bindingSubjects, undefined, cluster, added)).toEqual([
    "widens: is new: Group a may now do what ClusterRole viewer allows IN THE WHOLE CLUSTER",
  ]);
});

test("a ServiceAccount is the same by its user name; another namespace's is another", () => {
  const account = binding([{ kind: "ServiceAccount", name: "ci", namespace: "messenger-gap" }]);
  expect(between(bindingSubjects, account, binding([{ kind: "User", name: "system:serviceaccount:messenger-gap:ci" }]))).toEqual([]);
  expect(between(bindingSubjects, account, binding([{ kind: "ServiceAccount", name: "ci", namespace: "messenger-bale" }]))).toEqual([
    "widens: ServiceAccount messenger-bale/ci may now do what Role viewer allows in messenger-gap",
    "narrows: ServiceAccount messenger-gap/ci may no longer do what Role viewer allows in messenger-gap",
  ]);
});
