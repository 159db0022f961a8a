import { hostIgnoredUntilProvisioned } from "../../../lib/diff/risk/hostIgnoredUntilProvisioned";
import type { ApiObject, JsonObject } from "../../../lib/manifests/apiObject";
import { compared, host, image, said, saidOf } from "./hosts";

const of = (before: ApiObject, after?: ApiObject, replaced?: boolean) => saidOf(hostIgnoredUntilProvisioned, before, after, replaced);
const data = (name: string): JsonObject => ({ metaData: { name, namespace: "zirsakht-hardware" } });
const secret = (text: string, key = "metaData", labels: JsonObject = { "environment.metal3.io": "baremetal" }): ApiObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "soroush.r01", namespace: "zirsakht-hardware", labels },
  type: "Opaque",
  data: { [key]: Buffer.from(text).toString("base64") },
});
const reader = (name: string, spec: JsonObject = {}) => host("granted", { ...image("a"), ...data("soroush.r01"), ...spec }, {}, name);

test.each<readonly [field: string, before: JsonObject, after: JsonObject]>([
  ["userData", { userData: { name: "join" } }, { userData: { name: "join-2" } }],
  ["metaData", data("a"), data("b")],
  ["networkData", {}, { networkData: { name: "n" } }],
  ["image.checksum", image("a"), { image: { url: "https://images.example/a", checksum: "b" } }],
  ["image.checksumType", { image: { checksumType: "md5" } }, { image: { checksumType: "sha256" } }],
  ["rootDeviceHints", { rootDeviceHints: { minSizeGigabytes: 1 } }, { rootDeviceHints: { minSizeGigabytes: 2 } }],
  ["raid", {}, { raid: {} }],
  ["bootMode", {}, { bootMode: "legacy" }],
  ["automatedCleaningMode", {}, { automatedCleaningMode: "metadata" }],
  ["customDeploy", image("a"), { ...image("a"), customDeploy: { method: "x" } }],
])("%s", (field, before, after) => {
  expect(of(host("granted", { ...image("a"), ...before }), host("granted", { ...image("a"), ...after }))).toEqual([
    `nothing comes of ${field} until it is provisioned again`,
  ]);
});

test("several at once are one finding", () => {
  const after = host("granted", { ...image("a"), ...data("b"), bootMode: "legacy" });
  expect(of(host("granted", { ...image("a"), ...data("a") }), after)).toEqual([
    "nothing comes of bootMode, metaData until it is provisioned again",
  ]);
});

test("what takes effect is not found", () => {
  const before = host("draining", { ...image("a"), ...data("a") });
  expect(of(before, host("erasing", { ...image("eraser"), ...data("b") }))).toEqual([]);
  expect(of(before, host("draining", { ...image("a"), ...data("a"), online: false }))).toEqual([]);
  expect(of(before, host("granted", { ...image("a"), ...data("a") }))).toEqual([]);
  expect(of(before, host("draining", { ...image("a"), ...data("b") }, {}, "s02"), true)).toEqual([]);
  expect(of(before)).toEqual([]);
});

test("a Secret's contents, for the hosts that read it and are not provisioned again", () => {
  const sides = {
    secret: [secret("a: 1"), secret("a: 2")],
    s01: [reader("s01"), reader("s01")],
    s02: [reader("s02"), reader("s02", image("b"))],
    s03: [reader("s03"), undefined],
    s04: [undefined, reader("s04")],
    s05: [reader("s05", data("another")), reader("s05")],
    s06: [reader("s06", data("another")), reader("s06", data("another"))],
  } as const;
  expect(said(hostIgnoredUntilProvisioned, compared(sides))).toEqual([
    "metaData changes, for 2 hosts (s01, s05) only when they are provisioned again",
    "nothing comes of metaData until it is provisioned again",
  ]);
});

test.each([
  ["is wiped", {}],
  ["is detached", { "baremetalhost.metal3.io/detached": "" }],
])("a host that %s and made anew reads its Secret again", (_, annotations) => {
  const of = (name: string) => host("granted", { ...image("a"), ...data("soroush.r01") }, annotations, name);
  const { changes, ...rest } = compared({ secret: [secret("a"), secret("b")], s01: [of("s01"), of("s02")] });
  const anew = changes.map((change) => (change.after?.object.kind === "Secret" ? change : { ...change, action: "replace" as const }));
  expect(said(hostIgnoredUntilProvisioned, { ...rest, changes: anew })).toEqual([]);
});

test("many hosts are counted", () => {
  const many = Array.from({ length: 8 }, (_, n) => `s${n}`);
  const sides = Object.fromEntries(many.map((name) => [name, [reader(name), reader(name)] as const]));
  expect(said(hostIgnoredUntilProvisioned, compared({ ...sides, secret: [secret("a"), secret("b")] }))).toEqual([
    "metaData changes, for 8 hosts (s0, s1, s2, s3, s4 and 3 more) only when they are provisioned again",
  ]);
});

test("a Secret that nobody reads, that is made or goes, or whose label changes, is not found", () => {
  const s01 = [reader("s01", data("another")), reader("s01", data("another"))] as const;
  expect(said(hostIgnoredUntilProvisioned, compared({ s01, secret: [secret("a"), secret("b")] }))).toEqual([]);
  const reads = [reader("s01"), reader("s01")] as const;
  for (const pair of [
    [undefined, secret("a")],
    [secret("a"), undefined],
    [secret("a"), secret("a", "metaData", {})],
  ] as const)
    expect(said(hostIgnoredUntilProvisioned, compared({ s01: reads, secret: pair }))).toEqual([]);
});

test("where only what differs is known, the Secret's label tells", () => {
  const found = (before: ApiObject, after: ApiObject) =>
    said(hostIgnoredUntilProvisioned, compared({ secret: [before, after] }, { sides: false }));
  expect(found(secret("a"), secret("b"))).toEqual(["metaData changes, for the hosts that read it only when they are provisioned again"]);
  expect(found(secret("a", "metaData", {}), secret("b", "metaData", {}))).toEqual([]);
});
