/** The estate seen by the judge: every server, where it is, whether it lives, and what of it may be used. */
import type { Estate, Group, Rack } from "../../../lib/request/estate";
import type { LockSite } from "../../../lib/request/lock";
import { type Capacity, capacityOf, type Server, serversOfRack } from "../../../lib/request/server";

/** A server of the estate, with what the laws ask of it. */
export interface Place extends Server {
  readonly pool: boolean;
  /** In service on the book date: its rack has come and is not dark, and it is not dead. */
  readonly alive: boolean;
}

/** How many servers stand in each rack. */
export type Counts = Readonly<Record<string, number>>;

/** The estate on a book date. */
export class Ground {
  readonly servers: ReadonlyMap<string, Place>;

  constructor(
    readonly estate: Estate,
    readonly asOf: string,
  ) {
    this.servers = new Map(
      Object.entries(estate.sites).flatMap(([site, { racks, outOfService }]) =>
        Object.entries(racks).flatMap(([rack, spec]) =>
          serversOfRack(estate, site, rack).map((server): [string, Place] => [
            server.name,
            { ...server, pool: spec.pool, alive: this.serves(spec) && outOfService[server.name] === undefined },
          ]),
        ),
      ),
    );
  }

  private serves({ inService, outOfService }: Rack): boolean {
    return outOfService === undefined && (inService === undefined || inService <= this.asOf);
  }

  /** What of a server of the class may be used: all it can allocate, less the reserve. */
  usable(serverClass: string): Capacity {
    const found = this.estate.classes[serverClass];
    if (!found) throw new Error(`no class ${serverClass}`);
    const all = capacityOf(found);
    const { threads, memory } = this.estate.reserve;
    return { ...all, milliThreads: Math.max(0, all.milliThreads - threads), memoryMiB: Math.max(0, all.memoryMiB - memory) };
  }

  /** Servers that count for the laws, by rack; with `dead`, also those that only an outage or a roll keeps from counting. */
  counts(site: LockSite, holder: string, group: Group, dead = false): Counts {
    const counts: Record<string, number> = {};
    for (const [name, line] of Object.entries(site.servers)) {
      const place = this.servers.get(name);
      if (!place || holderOf(line) !== holder || line.group !== group) continue;
      const counted = dead
        ? line.state === "granted" || line.state === "rolling" || line.for === "roll"
        : line.state === "granted" && place.alive;
      if (counted) counts[place.rack] = (counts[place.rack] ?? 0) + 1;
    }
    return counts;
  }

  /** The class that a group holds at a site, in any state. */
  heldClass(site: LockSite, holder: string, group: Group): string | undefined {
    const name = Object.keys(site.servers).find((key) => {
      const line = site.servers[key];
      return line && holderOf(line) === holder && line.group === group;
    });
    return name === undefined ? undefined : this.servers.get(name)?.class;
  }
}

/** A messenger's id, or `pool`. */
export function holderOf(line: { readonly messenger?: string | undefined; readonly pool?: true | undefined }): string {
  return line.pool ? "pool" : (line.messenger ?? "");
}

/** All of the counts together, and the fullest rack. */
export function total(counts: Counts): { all: number; most: number; racks: number } {
  const held = Object.values(counts).filter((count) => count > 0);
  return { all: held.reduce((sum, count) => sum + count, 0), most: Math.max(0, ...held), racks: held.length };
}
