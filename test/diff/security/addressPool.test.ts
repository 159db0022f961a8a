import { addressPool } from "../../../lib/diff/security/addressPool";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, object } from "./compared";

const own = { namespaces: ["messenger-gap"] };
const pool = (serviceAllocation: JsonObject = own, spec: JsonObject = {}) =>
  object("IPAddressPool", { spec: { addresses: ["192.0.2.0/28"], serviceAllocation, ...spec } });

test("addresses that are added widen; taken away they narrow", () => {
  const more = pool(own, { addresses: ["192.0.2.32-192.0.2.33", "192.0.2.0/28"] });
  expect(between(addressPool, pool(), more)).toEqual([
    "widens: services in namespace messenger-gap may now have the addresses 192.0.2.32/31 (before: 192.0.2.0/28)",
  ]);
  expect(between(addressPool, more, pool())).toEqual([
    "narrows: services in namespace messenger-gap may no longer have the addresses 192.0.2.32/31 (now: 192.0.2.0/28)",
  ]);
  expect(between(addressPool, pool(), pool(own, { addresses: ["192.0.2.8/29", "192.0.2.0-192.0.2.7"] }))).toEqual([]);
});

test.each([
  [{ namespaces: ["messenger-gap", "messenger-bale"] }, "namespace messenger-bale"],
  [{ ...own, namespaceSelectors: [{ matchLabels: { a: "b" } }] }, "namespaces with a=b"],
  [{ namespaces: [] }, "EVERY namespace"],
  [{}, "EVERY namespace"],
  [{ ...own, namespaceSelectors: [{}] }, "EVERY namespace"],
])("a pool for %j is opened, and closed again", (allocation, who) => {
  expect(between(addressPool, pool(), pool(allocation))).toEqual([
    `widens: services in ${who} may now have the addresses 192.0.2.0/28 (before: namespace messenger-gap)`,
  ]);
  expect(between(addressPool, pool(allocation), pool())).toEqual([
    expect.stringMatching(
      /^narrows: services in .* may no longer have the addresses 192\.0\.2\.0\/28 \(now: namespace messenger-gap\)$/,
    ) as string,
  ]);
});

test("selectors of services that go let every service in", () => {
  const some = pool({ ...own, serviceSelectors: [{ matchLabels: { public: "true" } }] });
  expect(between(addressPool, some, pool())).toEqual([
    "widens: EVERY service may now have the addresses 192.0.2.0/28 (before: services with public=true)",
  ]);
  expect(between(addressPool, pool(), some)).toEqual([
    "narrows: EVERY service may no longer have the addresses 192.0.2.0/28 (now: services with public=true)",
  ]);
});

test("autoAssign gives addresses to services that do not ask; it is on where nothing is said", () => {
  expect(between(addressPool, pool(own, { autoAssign: false }), pool())).toEqual([
    "widens: gives its addresses to services that do not ask for it",
  ]);
  expect(between(addressPool, pool(), pool(own, { autoAssign: false }))).toEqual([
    "narrows: no longer gives its addresses to services that do not ask for it",
  ]);
  expect(between(addressPool, pool(), pool(own, { autoAssign: true }))).toEqual([]);
});

test("a new pool is told, one that goes too", () => {
  expect(between(addressPool, undefined, pool({}))).toEqual([
    "widens: is new: services in EVERY namespace may now have the addresses 192.0.2.0/28",
  ]);
  expect(between(addressPool, pool(), undefined)).toEqual([
    "narrows: is gone: services in namespace messenger-gap may no longer have the addresses 192.0.2.0/28",
  ]);
});
