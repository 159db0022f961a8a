/** How a host is wired, as networkData of its config drive: OpenStack's network_data.json, which metal3 takes as it is. */
import { addressOf, formatAddress, gatewayOf, overlaps, parsePrefix } from "../request/prefix";
import { InputError } from "../request/problem";

/** The name of every host's bond; the VLAN's interface is `<bond>.<vlan>`. */
export const bond = "bond0";

export interface HostNetwork {
  readonly server: string;
  /** The MAC addresses of the bond's ports, the boot NIC first. */
  readonly macs: readonly string[];
  readonly vlan: number;
  readonly address: string;
  /** The holder's private prefixes, one of which the address is of. */
  readonly prefixes: readonly string[];
  readonly dns: readonly string[];
}

const netmaskOf = (prefix: string): string => formatAddress(2 ** 32 - parsePrefix(prefix).size);

/**
 * The networkData of one host: an LACP bond of all its ports, its holder's VLAN, its address, the prefix's gateway, the site's DNS.
 * @throws InputError where the address lies in none of the prefixes
 */
export function networkDataOf({ server, macs, vlan, address, prefixes, dns }: HostNetwork): string {
  const prefix = prefixes.find((each) => overlaps(parsePrefix(each), { start: addressOf(address), size: 1 }));
  if (prefix === undefined)
    throw new InputError([
      {
        message: `${server} has the address ${address}, which is in none of its holder's private prefixes (${prefixes.join(", ") || "there are none"}); correct the lock, or run allocate`,
      },
    ]);
  const ports = macs.map((mac, index) => ({ id: `nic${index}`, type: "phy", ethernet_mac_address: mac }));
  const link = `${bond}.${vlan}`;
  return JSON.stringify({
    links: [
      ...ports,
      {
        id: bond,
        type: "bond",
        ethernet_mac_address: macs[0],
        bond_links: ports.map(({ id }) => id),
        bond_mode: "802.3ad",
        bond_xmit_hash_policy: "layer3+4",
        bond_miimon: 100,
      },
      { id: link, type: "vlan", vlan_link: bond, vlan_id: vlan, vlan_mac_address: macs[0] },
    ],
    networks: [
      {
        id: "private",
        type: "ipv4",
        link,
        network_id: "private",
        ip_address: address,
        netmask: netmaskOf(prefix),
        routes: [{ network: "0.0.0.0", netmask: "0.0.0.0", gateway: gatewayOf(prefix) }],
      },
    ],
    services: dns.map((name) => ({ type: "dns", address: name })),
  });
}

/** The name of the Secret with a server's networkData; a dot is in no server's name. */
export function networkDataSecretOf(server: string): string {
  return `${server}.network`;
}
