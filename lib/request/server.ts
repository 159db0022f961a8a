/** The servers that an estate's racks hold, and how each is reached and wired. */
import type { Estate, ServerClass } from "./estate";

/** One server of the estate. */
export interface Server {
  /** `<site>-<rack>-s<NN>`, unique in the estate. */
  readonly name: string;
  readonly site: string;
  readonly rack: string;
  /** Its number in the rack, from 1. */
  readonly number: number;
  readonly class: string;
}

/** How a server is reached and wired; from a rule in estate.yaml or from the site's CSV of hosts. */
export interface Host {
  readonly server: string;
  readonly bmc: { readonly address: string; readonly credentials: string };
  /** The ports of the bond, the boot NIC first. */
  readonly nics: readonly { readonly mac: string; readonly port: string }[];
  /** The address of the rack's switch. */
  readonly switch: string;
}

/** What one server of a class can allocate. */
export interface Capacity {
  readonly milliThreads: number;
  readonly memoryMiB: number;
  readonly nvmeGB: number;
  readonly diskGB: number;
  readonly nicMbps: number;
}

/** Adds up a class's parts: all drives of a medium, all ports of its NIC. */
export function capacityOf(serverClass: ServerClass): Capacity {
  const { threads, memory, nvme, disks, nic } = serverClass;
  return {
    milliThreads: threads,
    memoryMiB: memory,
    nvmeGB: nvme ? nvme.count * nvme.each : 0,
    diskGB: disks ? disks.count * disks.each : 0,
    nicMbps: nic.count * nic.each,
  };
}

/** The name of a server by its rack and its number there. */
export function serverName(site: string, rack: string, number: number): string {
  return `${site}-${rack}-s${String(number).padStart(2, "0")}`;
}

/** The servers of a rack by name, in order. */
export function serversOfRack(estate: Pick<Estate, "sites">, site: string, rack: string): Server[] {
  const { class: serverClass, servers } = estate.sites[site]?.racks[rack] ?? { class: "", servers: 0 };
  return Array.from({ length: servers }, (_, index) => ({
    name: serverName(site, rack, index + 1),
    site,
    rack,
    number: index + 1,
    class: serverClass,
  }));
}

/** The server of this name; `undefined` where no rack of the estate holds it. */
export function serverOf(estate: Pick<Estate, "sites">, name: string): Server | undefined {
  const cut = name.lastIndexOf("-s");
  const digits = name.slice(cut + 2);
  const number = /^\d\d$/.test(digits) ? Number(digits) : 0;
  for (const site of Object.keys(estate.sites)) {
    if (cut <= site.length || !name.startsWith(site) || name[site.length] !== "-") continue;
    const rack = name.slice(site.length + 1, cut);
    const racks = estate.sites[site]?.racks ?? {};
    const found = Object.hasOwn(racks, rack) ? racks[rack] : undefined;
    if (found && number >= 1 && number <= found.servers) return { name, site, rack, number, class: found.class };
  }
  return undefined;
}
