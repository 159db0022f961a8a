import fc from "fast-check";
import { AddressPool, usableAddresses, type AddressPoolProps } from "../../lib/network/addressPool";
import { synthIn } from "../support/synth";

const pool = (props: Partial<AddressPoolProps> = {}) =>
  synthIn(
    (stack) =>
      new AddressPool(stack, "addresses", {
        messenger: "soroush",
        vips: ["198.51.100.0/27"],
        nodes: ["soroush"],
        racks: ["r01", "r02"],
        ...props,
      }),
  );

test("the pool is the messenger's namespace's alone, without addresses that some routers drop", () => {
  expect(pool().manifest("addresses")).toEqual({
    apiVersion: "metallb.io/v1beta1",
    kind: "IPAddressPool",
    metadata: { name: "messenger-soroush", namespace: "metallb-system", labels: { "zirsakht.ir/messenger": "soroush" } },
    spec: { addresses: ["198.51.100.0/27"], avoidBuggyIPs: true, serviceAllocation: { namespaces: ["messenger-soroush"] } },
  });
});

test("it is announced by the holder's nodes to their racks' switches, and by nobody else", () => {
  expect(pool().manifest("addresses_advertisement").spec).toEqual({
    ipAddressPools: ["messenger-soroush"],
    peers: ["rack-r01", "rack-r02"],
    nodeSelectors: [{ matchLabels: { "zirsakht.ir/messenger": "soroush" } }],
  });
});

test("during a change of tier both kinds of nodes announce", () => {
  expect(pool({ nodes: ["soroush", "pool"] }).manifest("addresses_advertisement").spec.nodeSelectors).toEqual([
    { matchLabels: { "zirsakht.ir/messenger": "soroush" } },
    { matchLabels: { "zirsakht.ir/messenger": "pool" } },
  ]);
});

test("without nodes nothing is announced: no peers would mean all of them", () => {
  expect(pool({ racks: [] }).addresses).toEqual(["kubernetes_manifest.addresses"]);
});

test.each([
  [[], 0],
  [["198.51.100.32/30"], 4],
  [["198.51.100.0/30"], 3],
  [["198.51.100.252/30"], 3],
  [["198.51.100.0/24"], 254],
  [["198.51.100.0/27", "198.51.100.64/30"], 35],
])("of %j, %d addresses are usable", (prefixes, usable) => {
  expect(usableAddresses(prefixes)).toBe(usable);
});

test("a prefix within one /24 loses at most two addresses", () => {
  fc.assert(
    fc.property(fc.integer({ min: 24, max: 32 }), fc.nat({ max: 255 }), (length, offset) => {
      const size = 2 ** (32 - length);
      const usable = usableAddresses([`198.51.100.${offset - (offset % size)}/${length}`]);
      expect(size - usable).toBeGreaterThanOrEqual(0);
      expect(size - usable).toBeLessThanOrEqual(2);
    }),
  );
});
