/** Tables of servers and switches: devices, interfaces, MAC addresses, cables, IP addresses. */
import { capacityOf, serversOfRack, type Server } from "../request/server";
import type { LockServer } from "../request/lock";
import { contains, parsePrefix } from "../request/prefix";
import { manufacturer, names, tenantOf, type ExportInput } from "./exportInput";
import { isPlanned } from "./exportSites";
import { typeOfSpeed } from "./interfaces";
import { fieldCells, fieldColumns, type Table, type TableRow } from "./table";

/** The rows of all these tables, filled site by site. */
class Devices {
  readonly devices: TableRow[] = [];
  readonly interfaces: TableRow[] = [];
  readonly macs: TableRow[] = [];
  readonly cables: TableRow[] = [];
  readonly addresses: TableRow[] = [];
  /** The ports that switches have, as `device\nport`. */
  private readonly ports = new Set<string>();

  constructor(private readonly input: ExportInput) {}

  addSite(site: string): void {
    const { estate, lock } = this.input;
    const { name, racks } = this.input.text.sites[site] ?? { name: { en: site }, racks: {} };
    const switches = new Map<string, string>();
    for (const [rack, { switch: device, ...line }] of Object.entries(racks)) {
      const status = isPlanned(line, lock?.asOf ?? "") ? "planned" : "active";
      const own = `${site}-${rack}-switch`;
      this.addSwitch({ name: own, status, site: name.en, rack, ...fieldCells({ zirsakht_asn: device.asn }) }, device.address);
      switches.set(device.address, own);
      for (const server of serversOfRack(estate, site, rack)) this.addServer(server, { site: name.en, status }, switches);
    }
  }

  private addSwitch(device: TableRow & { readonly name: string }, address: string): void {
    this.devices.push({ role: names.switch, manufacturer, device_type: names.switchType, ...device });
    this.interfaces.push({ device: device.name, name: "loopback0", type: "virtual", enabled: "true" });
    this.addresses.push({
      address: `${address}/32`,
      status: "active",
      device: device.name,
      interface: "loopback0",
      is_primary: "true",
      is_oob: "false",
    });
  }

  private addServer(server: Server, place: { readonly site: string; readonly status: string }, switches: Map<string, string>): void {
    const { name: device, site } = server;
    const { text, estate, lock } = this.input;
    const host = this.input.host(device);
    const outage = text.sites[site]?.outOfService?.[device];
    const lines = lock?.sites[site];
    const held = lines?.servers[device];
    const resting = lines?.quarantine.servers[device];
    const isListed = estate.sites[site]?.hosts !== undefined;
    this.devices.push({
      name: device,
      role: names.server,
      tenant: tenantOf(held),
      manufacturer,
      device_type: server.class,
      status: outage === undefined ? place.status : "failed",
      site: place.site,
      rack: server.rack,
      description: resting ? `In quarantine until ${resting.until}, given back by ${resting.from}` : "",
      ...fieldCells({
        zirsakht_bmc: isListed ? host.bmc.address : undefined,
        zirsakht_bmc_credentials: isListed ? host.bmc.credentials : undefined,
        zirsakht_out_of_service: outage,
        zirsakht_group: held?.group,
        zirsakht_held: held?.state,
      }),
    });
    const far = switches.get(host.switch) ?? this.addFarSwitch(site, place.site, host.switch, switches);
    const kind = estate.classes[server.class];
    const speed = kind ? capacityOf(kind).nicMbps / kind.nic.count : 0;
    for (const [index, { mac, port }] of host.nics.entries()) {
      const nic = `nic${String(index + 1)}`;
      this.interfaces.push({
        device,
        name: nic,
        type: typeOfSpeed(speed),
        enabled: "true",
        speed: speed > 0 && speed <= 2_000_000 ? String(speed * 1000) : "",
      });
      this.macs.push({ mac_address: mac, device, interface: nic, is_primary: "true" });
      this.addCable(device, nic, far, port);
    }
    this.interfaces.push({ device, name: "bmc", type: "other", enabled: "true", mgmt_only: "true" });
    const bmc = /^[a-z0-9+.-]+:\/\/((?:\d{1,3}\.){3}\d{1,3})(?:[:/]|$)/.exec(host.bmc.address)?.[1];
    if (bmc !== undefined)
      this.addresses.push({ address: `${bmc}/32`, status: "active", device, interface: "bmc", is_primary: "false", is_oob: "true" });
    if (held) this.addHeldAddress(device, held, Object.keys(lines.private));
  }

  private addHeldAddress(device: string, held: LockServer, prefixes: readonly string[]): void {
    const address = parsePrefix(`${held.address}/32`);
    const length = prefixes.find((prefix) => contains(parsePrefix(prefix), address))?.replace(/^.*\//, "") ?? "32";
    this.interfaces.push({ device, name: "bond0", type: "lag", enabled: "true" });
    this.addresses.push({
      address: `${held.address}/${length}`,
      status: "active",
      tenant: tenantOf(held),
      device,
      interface: "bond0",
      is_primary: "true",
      is_oob: "false",
    });
  }

  /** A switch that servers are wired to, and that is no rack's own. */
  private addFarSwitch(site: string, siteName: string, address: string, switches: Map<string, string>): string {
    const device = `${site}-switch-${address.replaceAll(".", "-")}`;
    this.addSwitch({ name: device, status: "active", site: siteName }, address);
    switches.set(address, device);
    return device;
  }

  private addCable(device: string, nic: string, far: string, port: string): void {
    if (!this.ports.has(`${far}\n${port}`)) this.interfaces.push({ device: far, name: port, type: "other", enabled: "true" });
    this.ports.add(`${far}\n${port}`);
    this.cables.push({
      side_a_device: device,
      side_a_type: "dcim.interface",
      side_a_name: nic,
      side_b_device: far,
      side_b_type: "dcim.interface",
      side_b_name: port,
      status: "connected",
    });
  }
}

/** The tables, in the order in which NetBox must import them. */
export function deviceTables(input: ExportInput): Table[] {
  const all = new Devices(input);
  for (const site of Object.keys(input.text.sites)) all.addSite(site);
  const device = ["name", "role", "tenant", "manufacturer", "device_type", "status", "site", "rack", "description"];
  const sides = ["a", "b"].flatMap((side) => ["device", "type", "name"].map((part) => `side_${side}_${part}`));
  return [
    { name: "devices", columns: [...device, ...fieldColumns("device")], rows: all.devices },
    { name: "interfaces", columns: ["device", "name", "type", "enabled", "speed", "mgmt_only"], rows: all.interfaces },
    { name: "mac-addresses", columns: ["mac_address", "device", "interface", "is_primary"], rows: all.macs },
    { name: "cables", columns: [...sides, "status"], rows: all.cables },
    { name: "ip-addresses", columns: ["address", "status", "tenant", "device", "interface", "is_primary", "is_oob"], rows: all.addresses },
  ];
}
