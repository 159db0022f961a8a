import { readFileSync } from "node:fs";
import { join } from "node:path";
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

/** kubelet's arguments as the example of the join user data makes them of a host's metaData. */
function kubeletArguments(metaData: string): Record<string, string> {
  const text = readFileSync(join(__dirname, "../../docs/node-join.yaml"), "utf8");
  const values = parse(metaData) as Record<string, string>;
  const rendered = text.replace(/\{\{ ds\.meta_data\.(\w+) \}\}/g, (_, key: string) => values[key] ?? `no ${key}`);
  const { write_files: files } = parse(rendered) as { write_files: { content: string }[] };
  const flags = /^KUBELET_EXTRA_ARGS="(.*)"$/.exec(files[0]?.content ?? "")?.[1]?.split(" ") ?? [];
  return Object.fromEntries(flags.map((flag) => [flag.slice(0, flag.indexOf("=")), flag.slice(flag.indexOf("=") + 1)]));
}

test("the join user data turns it into flags that kubelet takes", () => {
  const label = "[a-z.]+/[a-z]+=[a-z0-9-]+";
  const flags = kubeletArguments(metaDataOf(own));
  expect(flags["--node-labels"]).toMatch(new RegExp(`^${label}(,${label})*$`));
  expect(flags["--register-with-taints"]).toBe("zirsakht.ir/messenger=soroush:NoSchedule");
  expect(kubeletArguments(metaDataOf({ ...own, holder: "pool" }))["--register-with-taints"]).toBe("");
  expect(Object.keys(flags)).toEqual(["--node-labels", "--register-with-taints"]);
});
