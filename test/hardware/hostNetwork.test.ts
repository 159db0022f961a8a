import { networkDataOf, type HostNetwork } from "../../lib/hardware/hostNetwork";

const host: HostNetwork = {
  server: "thr1-r01-s01",
  macs: ["02:01:01:01:00:00", "02:01:01:01:00:01"],
  vlan: 1004,
  address: "10.64.9.5",
  prefixes: ["10.64.8.0/24", "10.64.9.0/26"],
  dns: ["10.0.0.53", "10.0.0.54"],
};

test("a bond of all ports, the holder's VLAN on it, the address in its own prefix, the gateway, the name servers", () => {
  expect(JSON.parse(networkDataOf(host))).toEqual({
    links: [
      { id: "nic0", type: "phy", ethernet_mac_address: "02:01:01:01:00:00" },
      { id: "nic1", type: "phy", ethernet_mac_address: "02:01:01:01:00:01" },
      {
        id: "bond0",
        type: "bond",
        ethernet_mac_address: "02:01:01:01:00:00",
        bond_links: ["nic0", "nic1"],
        bond_mode: "802.3ad",
        bond_xmit_hash_policy: "layer3+4",
        bond_miimon: 100,
      },
      { id: "bond0.1004", type: "vlan", vlan_link: "bond0", vlan_id: 1004, vlan_mac_address: "02:01:01:01:00:00" },
    ],
    networks: [
      {
        id: "private",
        type: "ipv4",
        link: "bond0.1004",
        network_id: "private",
        ip_address: "10.64.9.5",
        netmask: "255.255.255.192",
        routes: [{ network: "0.0.0.0", netmask: "0.0.0.0", gateway: "10.64.9.1" }],
      },
    ],
    services: [
      { type: "dns", address: "10.0.0.53" },
      { type: "dns", address: "10.0.0.54" },
    ],
  });
});

test.each([
  ["10.64.8.0/24", "255.255.255.0", "10.64.8.1"],
  ["10.64.8.0/21", "255.255.248.0", "10.64.8.1"],
  ["10.64.0.0/12", "255.240.0.0", "10.64.0.1"],
])("of %s the netmask is %s and the gateway %s", (prefix, netmask, gateway) => {
  expect(JSON.parse(networkDataOf({ ...host, address: "10.64.8.9", prefixes: [prefix] }))).toMatchObject({
    networks: [{ netmask, routes: [{ gateway }] }],
  });
});

test("an address outside is refused, though there is no prefix at all", () => {
  expect(() => networkDataOf({ ...host, prefixes: [] })).toThrow(
    "thr1-r01-s01 has the address 10.64.9.5, which is in none of its holder's private prefixes (there are none); correct the lock, or run allocate",
  );
});
