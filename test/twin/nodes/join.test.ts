import { metaDataOf } from "../../../lib/hardware/hostIdentity";
import { joinUserData, registrationOf } from "../../../lib/twin/nodes/join";

const identity = { holder: "soroush", site: "thr1", rack: "r04", group: "database", joins: true } as const;

test("a messenger's server joins with the labels and the taint that its metaData says", () => {
  expect(registrationOf(joinUserData(), metaDataOf(identity))).toEqual({
    labels: {
      "zirsakht.ir/messenger": "soroush",
      "zirsakht.ir/group": "database",
      "topology.kubernetes.io/zone": "r04",
      "topology.kubernetes.io/region": "thr1",
    },
    taints: [{ key: "zirsakht.ir/messenger", value: "soroush", effect: "NoSchedule" }],
  });
});

test("a pool server has no taint", () => {
  expect(registrationOf(joinUserData(), metaDataOf({ ...identity, holder: "pool", group: "all" })).taints).toEqual([]);
});

test.each([
  ["of a server without a cluster", metaDataOf({ ...identity, joins: false })],
  ["of an erasing server", "{}\n"],
  ["that is empty", ""],
])("metaData %s makes no node", (_, metaData) => {
  expect(() => registrationOf(joinUserData(), metaData)).toThrow("its metaData has no zirsakht_node_labels, which its user data asks for");
});

test("user data that tells kubelet nothing makes no node", () => {
  expect(() => registrationOf("#cloud-config\nruncmd: []\n", metaDataOf(identity))).toThrow(
    "its user data writes no KUBELET_EXTRA_ARGS to /etc/default/kubelet",
  );
});
