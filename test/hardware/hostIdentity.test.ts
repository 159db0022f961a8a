import { parse } from "yaml";
import { erasingMetaData, erasingSecretOf, metaDataOf, metaDataSecretOf } from "../../lib/hardware/hostIdentity";

const own = { holder: "soroush", site: "thr1", rack: "r01", group: "compute", joins: true } as const;

test("the join user data reads kubelet's flags from it", () => {
  expect(parse(metaDataOf(own))).toEqual({
    zirsakht_failure_domain: "r01",
    zirsakht_node_labels:
      "zirsakht.ir/messenger=soroush,zirsakht.ir/group=compute,topology.kubernetes.io/zone=r01,topology.kubernetes.io/region=thr1",
    zirsakht_node_taints: "zirsakht.ir/messenger=soroush:NoSchedule",
  });
});

test("the pool's nodes are labelled and take everybody's pods", () => {
  expect(parse(metaDataOf({ ...own, holder: "pool", group: "all" }))).toEqual({
    zirsakht_failure_domain: "r01",
    zirsakht_node_labels:
      "zirsakht.ir/messenger=pool,zirsakht.ir/group=all,topology.kubernetes.io/zone=r01,topology.kubernetes.io/region=thr1",
    zirsakht_node_taints: "",
  });
});

test("a host that does not join has no node keys, and one that is erased has none at all", () => {
  expect(parse(metaDataOf({ ...own, joins: false }))).toEqual({ zirsakht_failure_domain: "r01" });
  expect(parse(erasingMetaData)).toEqual({});
});

test("it is flat text, without the keys that the operator owns", () => {
  const data = parse(metaDataOf(own)) as Record<string, unknown>;
  expect(Object.values(data).every((value) => typeof value === "string")).toBe(true);
  expect(Object.keys(data).filter((key) => /^(name|uuid|local.*hostname|metal3-.*)$/.test(key))).toEqual([]);
});

test("no two holders' Secrets meet", () => {
  const names = [
    metaDataSecretOf({ holder: "a", rack: "b-c", group: "all" }),
    metaDataSecretOf({ holder: "a-b", rack: "c", group: "all" }),
    erasingSecretOf("a"),
    erasingSecretOf("a-b"),
  ];
  expect(new Set(names).size).toBe(names.length);
});
