import type { JsonObject } from "../../lib/manifests/apiObject";
import { boundByName } from "../../lib/policy/boundByName";
import { breaches, placed } from "./tree";

const pool = (spec: JsonObject = { serviceAllocation: { namespaces: ["messenger-gap"] } }, place = {}) =>
  placed("IPAddressPool", { spec }, { name: "gap", ...place });
const spec = { ipAddressPools: ["gap"], peers: ["rack-r01"], nodeSelectors: [{ matchLabels: { "zirsakht.ir/messenger": "gap" } }] };
const advertisement = (fields: JsonObject = spec) => placed("BGPAdvertisement", { spec: fields });

test("a pool of one namespace and an advertisement that names all pass", () => {
  expect(breaches(boundByName, pool(), advertisement())).toEqual([]);
});

test.each([[{}], [{ serviceAllocation: {} }], [{ serviceAllocation: { namespaces: [] } }]])(
  "a pool with %j is every namespace's",
  (fields) => {
    expect(breaches(boundByName, pool(fields))).toEqual([
      "gap: spec.serviceAllocation.namespaces: names no namespace, which means every one; name the messenger's namespace",
    ]);
  },
);

test("a pool that lets namespaces in by label is found", () => {
  expect(breaches(boundByName, pool({ serviceAllocation: { namespaces: ["messenger-gap"], namespaceSelectors: [{}] } }))).toEqual([
    "gap: spec.serviceAllocation.namespaceSelectors: lets namespaces in by their labels; name the messenger's namespace instead",
  ]);
});

test.each([
  ["ipAddressPools", [], "spec.ipAddressPools: names no pool, which means every one; name the messenger's pool"],
  [
    "ipAddressPools",
    ["gap", "other"],
    "spec.ipAddressPools: names the pool other, which no stack of the site makes; name a pool that is there",
  ],
  ["ipAddressPoolSelectors", [{}], "spec.ipAddressPoolSelectors: lets pools in by their labels; name the pools instead"],
  ["peers", [], "spec.peers: names no peer, which means every rack's switch; name the peers of the holder's racks"],
  ["nodeSelectors", [], "spec.nodeSelectors: lets every node announce; select the holder's nodes by their label"],
  [
    "nodeSelectors",
    [{ matchLabels: { a: "b" } }, { matchLabels: {} }],
    "spec.nodeSelectors: lets every node announce; select the holder's nodes by their label",
  ],
])("an advertisement with %s %j is found", (field, value, said) => {
  expect(breaches(boundByName, pool(), advertisement({ ...spec, [field]: value }))).toEqual([`a: ${said}`]);
});

test("a pool of another site does not count; an L2Advertisement is held to the same, without peers", () => {
  expect(breaches(boundByName, pool(undefined, { stack: "gap.mhd1" }), advertisement())).toHaveLength(1);
  expect(breaches(boundByName, pool(), placed("L2Advertisement", { spec: { ...spec, peers: undefined as never } }))).toEqual([]);
  expect(breaches(boundByName, pool(), placed("L2Advertisement", { spec: {} }))).toHaveLength(2);
});
