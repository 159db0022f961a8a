import { noForeignAddress } from "../../lib/policy/noForeignAddress";
import { sampleEstate } from "../support/estate";
import { breaches, placed } from "./tree";

const [prefix = ""] = sampleEstate().sites.thr1?.public ?? [];
const said = (field: string, address: string): string =>
  `a: ${field}: ${address} is not in the public prefixes of thr1 (${prefix}); use an address of the site, or add the prefix to the site in estate.yaml`;
const pool = (...addresses: string[]) => placed("IPAddressPool", { spec: { addresses } });

test("the site's own addresses pass, as prefixes, ranges and single ones", () => {
  expect(prefix).toBe("198.51.100.0/24");
  expect(
    breaches(
      noForeignAddress,
      pool("198.51.100.32/27", "198.51.100.0/24", "198.51.100.0-198.51.100.255"),
      placed("CiliumEgressGatewayPolicy", {
        spec: { egressGateway: { egressIP: "198.51.100.64" }, egressGateways: [{ egressIP: "198.51.100.255" }] },
      }),
      placed("Service", { spec: { type: "LoadBalancer" } }),
    ),
  ).toEqual([]);
});

test.each(["198.51.101.0/27", "198.51.100.0/23", "198.51.100.200-198.51.101.1", "198.51.99.255-198.51.100.1", "2001:db8::/64", "anything"])(
  "%s in a pool is found",
  (addresses) => {
    expect(breaches(noForeignAddress, pool("198.51.100.0/30", addresses))).toEqual([said("spec.addresses", addresses)]);
  },
);

test("a foreign egress address and a Service's are found", () => {
  expect(
    breaches(
      noForeignAddress,
      placed("CiliumEgressGatewayPolicy", {
        spec: { egressGateway: { egressIP: "192.0.2.1" }, egressGateways: [{ egressIP: "198.51.100.1" }, { egressIP: "192.0.2.2" }] },
      }),
      placed("Service", { spec: { externalIPs: ["192.0.2.3"], loadBalancerIP: "192.0.2.4" } }),
    ),
  ).toEqual([
    said("spec.egressGateway.egressIP", "192.0.2.1"),
    said("spec.egressGateways[1].egressIP", "192.0.2.2"),
    said("spec.externalIPs", "192.0.2.3"),
    said("spec.loadBalancerIP", "192.0.2.4"),
  ]);
});

test("one site's address at another is foreign", () => {
  const object = placed("IPAddressPool", { spec: { addresses: ["198.51.100.0/30"] } }, { stack: "gap.mhd1" });
  expect(breaches(noForeignAddress, object)).toEqual([expect.stringContaining("is not in the public prefixes of mhd1")]);
});
