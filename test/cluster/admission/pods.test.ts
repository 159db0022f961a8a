import { podsRule } from "../../../lib/cluster/admission/pods";
import { refusals, type AdmissionRequest } from "../../support/admission";

const namespace = { "zirsakht.ir/messenger": "soroush", "zirsakht.ir/nodes": "soroush", "zirsakht.ir/tier": "focus" };
const spec = {
  nodeSelector: { "zirsakht.ir/messenger": "soroush" },
  priorityClassName: "zirsakht-focus",
  tolerations: [
    { key: "zirsakht.ir/messenger", operator: "Equal", value: "soroush", effect: "NoSchedule" },
    { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 },
  ],
};
const create = (changes: object = {}, labels: AdmissionRequest["namespace"] = namespace) =>
  refusals(podsRule, { operation: "CREATE", object: { spec: { ...spec, ...changes } }, namespace: labels });
const update = (changes: object) =>
  refusals(podsRule, { operation: "UPDATE", object: { spec: { ...spec, ...changes } }, oldObject: { spec }, namespace });

test("a pod on its messenger's own nodes is admitted", () => {
  expect(create()).toEqual([]);
});

test("a pod may not name its node when it is created; a scheduled one may be updated", () => {
  expect(create({ nodeName: "thr1-r05-s01" })).toEqual(["a pod may not name its node: leave spec.nodeName out, the scheduler fills it in"]);
  expect(update({ nodeName: "thr1-r01-s01" })).toEqual([]);
});

test.each([[{}], [{ "zirsakht.ir/messenger": "gap" }], [{ "zirsakht.ir/messenger": "pool" }], [undefined]])(
  "a pod that selects %j is refused",
  (nodeSelector) => {
    expect(create({ nodeSelector })).toEqual([
      "spec.nodeSelector must have zirsakht.ir/messenger with the value of the namespace's label zirsakht.ir/nodes",
    ]);
  },
);

test("during a change of tier pods may select the old nodes too, and no others", () => {
  const changing = { ...namespace, "zirsakht.ir/nodes-before": "pool" };
  expect(create({ nodeSelector: { "zirsakht.ir/messenger": "pool" } }, changing)).toEqual([]);
  expect(create({}, changing)).toEqual([]);
  expect(create({ nodeSelector: { "zirsakht.ir/messenger": "gap" } }, changing)).toHaveLength(1);
});

test.each(["", "zirsakht-on-request", "system-cluster-critical", undefined])(
  "a pod of a focus messenger with the class %j is refused",
  (name) => {
    expect(create({ priorityClassName: name })).toEqual([
      "spec.priorityClassName must be zirsakht-<tier>, the tier being the namespace's label zirsakht.ir/tier",
    ]);
  },
);

test.each([
  [{ operator: "Exists" }],
  [{ key: "zirsakht.ir/messenger", operator: "Exists" }],
  [{ key: "zirsakht.ir/messenger", value: "gap" }],
  [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }],
])("a pod that tolerates %j is refused, created or updated", (toleration) => {
  const message =
    "spec.tolerations may hold node.kubernetes.io/* and zirsakht.ir/messenger with the messenger's own id as its value, and none without a key";
  expect(create({ tolerations: [...spec.tolerations, toleration] })).toEqual([message]);
  expect(update({ tolerations: [...spec.tolerations, toleration] })).toEqual([message]);
});

test("a pod without tolerations is admitted, and the site's own pods are never judged", () => {
  expect(create({ tolerations: undefined })).toEqual([]);
  expect(
    create({ nodeName: "thr1-r01-s01", tolerations: [{ operator: "Exists" }] }, { "kubernetes.io/metadata.name": "kube-system" }),
  ).toEqual([]);
});

const term = (changes: object = {}) => ({
  topologyKey: "topology.kubernetes.io/zone",
  labelSelector: { matchLabels: { app: "x" } },
  ...changes,
});
const affinity = (kind: string, changes: object = {}) => ({
  affinity: {
    [kind]: {
      requiredDuringSchedulingIgnoredDuringExecution: [term(), term(changes)],
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term() }],
    },
  },
});

test.each(["podAffinity", "podAntiAffinity"])("%s to pods of its own namespace is admitted, to others' refused", (kind) => {
  const refused = ["spec.affinity may look at pods of its own namespace only: leave namespaces and namespaceSelector out"];
  expect(create(affinity(kind))).toEqual([]);
  expect(create(affinity(kind, { namespaceSelector: {} }))).toEqual(refused);
  expect(create(affinity(kind, { namespaces: ["messenger-gap"] }))).toEqual(refused);
  expect(update(affinity(kind, { namespaceSelector: {} }))).toEqual(refused);
  const preferred = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term({ namespaceSelector: {} }) }] };
  expect(create({ affinity: { [kind]: preferred } })).toEqual(refused);
});

test("a pod for another system, of which Pod Security asks less, is refused", () => {
  expect(create({ os: { name: "linux" } })).toEqual([]);
  expect(create({ os: { name: "windows" } })).toEqual([
    "spec.os.name must be linux or left out: of pods for another system Pod Security asks less",
  ]);
});
