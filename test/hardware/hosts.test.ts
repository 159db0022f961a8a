import { grantOf, type Grant, type GrantedServer } from "../../lib/allocation/grant";
import { Hosts, type HostsProps } from "../../lib/hardware/hosts";
import { InputError } from "../../lib/request/problem";
import { sampleEstate } from "../support/estate";
import { grantedLock, grantedRequest } from "../support/granted";
import { synthIn } from "../support/synth";

const estate = sampleEstate();
const lock = grantedLock();
const grant = grantOf(estate, lock, "soroush", "thr1");
const hosts = (props: Partial<HostsProps> = {}) =>
  synthIn(
    (stack) =>
      new Hosts(stack, "hosts", {
        estate,
        grant,
        images: lock.sites.thr1?.images ?? {},
        host: grantedRequest().host,
        joins: true,
        ...props,
      }),
  );
/** The grant's first server alone, changed. */
const one = (changes: Partial<GrantedServer>, without: readonly (keyof GrantedServer)[] = []): Grant => {
  const server = Object.fromEntries(
    Object.entries({ ...grant.servers[0], ...changes }).filter(([key]) => !without.includes(key as keyof GrantedServer)),
  );
  return { ...grant, servers: [server as unknown as GrantedServer] };
};
const first = "kubernetes_manifest.hosts_thr1-r01-s01";

test("a host each, one metaData a rack and group, one networkData a server; the pool's and others' ids never meet", () => {
  expect(hosts().addresses).toEqual([
    first,
    "kubernetes_manifest.hosts_thr1-r01-s02",
    "kubernetes_manifest.hosts_thr1-r02-s01",
    "kubernetes_manifest.hosts_thr1-r04-s01",
    "kubernetes_secret_v1.hosts_metadata_r01-compute",
    "kubernetes_secret_v1.hosts_metadata_r02-compute",
    "kubernetes_secret_v1.hosts_metadata_r04-database",
    "kubernetes_secret_v1.hosts_network_thr1-r01-s01",
    "kubernetes_secret_v1.hosts_network_thr1-r01-s02",
    "kubernetes_secret_v1.hosts_network_thr1-r02-s01",
    "kubernetes_secret_v1.hosts_network_thr1-r04-s01",
  ]);
});

test("a host comes after the data that it reads, and goes before it", () => {
  expect(hosts().at(first).depends_on).toEqual([
    "kubernetes_secret_v1.hosts_metadata_r01-compute",
    "kubernetes_secret_v1.hosts_network_thr1-r01-s01",
  ]);
});

test("the data are Secrets that the operator knows, with one key each and nothing secret", () => {
  const stack = hosts();
  for (const [name, key] of [
    ["metadata_r01-compute", "metaData"],
    ["network_thr1-r01-s01", "networkData"],
  ] as const) {
    const secret = stack.at(`kubernetes_secret_v1.hosts_${name}`);
    expect(Object.keys(secret.data as object)).toEqual([key]);
    expect(secret.metadata).toMatchObject({
      namespace: "zirsakht-hardware",
      labels: { "environment.metal3.io": "baremetal", "zirsakht.ir/messenger": "soroush" },
    });
  }
});

test.each(["granted", "draining", "rolling"] as const)("a %s server keeps the image of its line, and its data", (state) => {
  expect(hosts({ grant: one({ state }) }).manifest("hosts_thr1-r01-s01").spec).toMatchObject({
    image: { url: "https://images.example/node-1.qcow2", checksum: "1".repeat(64) },
    userData: { name: "node-join" },
    metaData: { name: "soroush.r01.compute" },
  });
});

test("an erasing server runs the eraser, does not join, and shares a metaData without node keys with the others of its stack", () => {
  const servers = grant.servers.map((server) => ({ ...server, state: "erasing" as const }));
  const stack = hosts({ grant: { ...grant, servers } });
  const { spec } = stack.manifest("hosts_thr1-r01-s01");
  expect(spec).toMatchObject({ image: { url: "https://images.example/eraser-1.qcow2" }, metaData: { name: "soroush-erasing" } });
  expect(spec).not.toHaveProperty("userData");
  expect(stack.addresses.filter((address) => address.includes("metadata"))).toEqual(["kubernetes_secret_v1.hosts_metadata_erasing"]);
  expect(stack.at("kubernetes_secret_v1.hosts_metadata_erasing")).toMatchObject({
    metadata: { name: "soroush-erasing" },
    data: { metaData: "{}\n" },
  });
});

test("a detached server has no object; whoever else is there stays", () => {
  const servers = grant.servers.map((server, index) => (index === 0 ? { ...server, state: "detached" as const } : server));
  const stack = hosts({ grant: { ...grant, servers } });
  expect(stack.addresses.filter((address) => address.includes("thr1-r01-s01"))).toEqual([]);
  expect(stack.addresses).toContain("kubernetes_manifest.hosts_thr1-r01-s02");
});

test.each(["granted", "draining", "rolling"] as const)("an adopted %s server is externally provisioned and needs no data", (state) => {
  const stack = hosts({ grant: one({ state, adopted: true }, ["image"]) });
  expect(stack.addresses).toEqual([first]);
  expect(stack.manifest("hosts_thr1-r01-s01").spec).toMatchObject({ externallyProvisioned: true });
  expect(stack.manifest("hosts_thr1-r01-s01").spec).not.toHaveProperty("image");
});

test("bare hosts get their messenger's image and no node keys", () => {
  const bare = grantOf(estate, lock, "hodhod", "mhd1");
  const stack = hosts({ grant: bare, images: lock.sites.mhd1?.images ?? {}, joins: false });
  expect(stack.manifest("hosts_mhd1-r04-s01").spec).toMatchObject({ image: { url: "https://images.example/hodhod-7.qcow2" } });
  expect(stack.manifest("hosts_mhd1-r04-s01").spec).not.toHaveProperty("userData");
  expect(stack.at("kubernetes_secret_v1.hosts_metadata_r04-all").data).toEqual({ metaData: 'zirsakht_failure_domain: "r04"\n' });
});

test("an image means what it meant when it was granted", () => {
  const renamed = { "node-1": { url: "https://images.example/other", checksum: `sha256:${"2".repeat(64)}` } };
  expect(hosts({ images: renamed }).manifest("hosts_thr1-r01-s01").spec).toMatchObject({ image: { url: "https://images.example/other" } });
});

test.each([
  [
    one({ class: "", rack: "" }),
    "thr1-r01-s01 is held by soroush, but the estate has no such server at thr1; put its rack back, or release it first",
  ],
  [one({ image: "gone" }), "thr1-r01-s01 runs the image gone, which neither the lock nor estate.yaml has; put it back under images"],
  [one({}, ["image"]), "thr1-r01-s01 runs the image (none), which neither the lock nor estate.yaml has; put it back under images"],
  [{ ...grant, vlans: [] }, "soroush holds servers but no VLAN at thr1; run allocate soroush"],
  [
    one({ address: "10.99.0.1" }),
    "thr1-r01-s01 has the address 10.99.0.1, which is in none of its holder's private prefixes (10.64.8.0/24); correct the lock, or run allocate",
  ],
])("what cannot be provisioned is refused (%#)", (broken, message) => {
  expect(() => hosts({ grant: broken })).toThrow(new InputError([{ message }]));
});
