/** The servers that the fixed addresses of a messenger's outgoing traffic lie on. */
import type { Group } from "../request/estate";
import type { Holding } from "./holding";
import type { SiteState } from "./siteState";

/** Whose servers send: of its own groups the one with gateways and relays, or the pool's. */
export function carrierOf(state: SiteState, messenger: string, own: boolean): Holding | undefined {
  if (!own) return state.pool;
  const groups = state.groupsOf(messenger);
  const order: readonly Group[] = ["compute", "all", "object", "database"];
  return order.map((group) => groups.get(group)).find((holding) => holding !== undefined && holding.count("now") > 0);
}

/** Racks in which a holding has servers that count. */
export function occupiedRacks(holding: Holding): number {
  return [...holding.racks.values()].filter(({ names }) => names.length > 0).length;
}

/**
 * Picks `count` servers: in the rack that has the fewest of them, of those the least loaded, then by name.
 * @param kept servers that stay beside them. @default none
 */
export function spread(state: SiteState, carrier: Holding, count: number, kept: readonly string[] = []): string[] {
  const racks = [...carrier.racks]
    .filter(([, { names }]) => names.length > 0)
    .sort(([a], [b]) => a - b)
    .map(([, { names }]) => ({ names: [...names].sort(), picked: kept.filter((server) => names.includes(server)).length }));
  const picked: string[] = [];
  const load = new Map<string, number>();
  const loadOf = (server: string): number => load.get(server) ?? state.tally.egressOn(server);
  while (picked.length < count) {
    let best: { server: string; rack: (typeof racks)[number] } | undefined;
    for (const rack of racks)
      for (const server of rack.names)
        if (!best || rack.picked < best.rack.picked || (rack.picked === best.rack.picked && loadOf(server) < loadOf(best.server)))
          best = { server, rack };
    if (!best) break;
    best.rack.picked++;
    load.set(best.server, loadOf(best.server) + 1);
    picked.push(best.server);
  }
  return picked;
}

/** An egress address that lies on another server now. */
export interface EgressMove {
  readonly messenger: string;
  readonly site: string;
  /** The prefix, and which of its servers, counted from 0. */
  readonly prefix: string;
  readonly index: number;
  readonly from: string;
  readonly to: string;
}

/**
 * Moves the egress addresses that lie on servers which leave to other servers of their messenger, or of the pool, one by one; every
 * other address stays where it is. Where nothing else can carry an address it stays too. Who changes between own servers and the pool
 * moves to the kind that it has now, or else to the kind that leaves.
 * @param leaving servers that no longer count
 * @param owns whether a messenger's servers are its own
 */
export function moveEgress(state: SiteState, leaving: ReadonlySet<string>, owns: (messenger: string) => boolean): EgressMove[] {
  const moves: EgressMove[] = [];
  for (const [prefix, line] of [...state.lines.egress].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { messenger } = line;
    const servers = [...line.servers];
    for (const [index, from] of line.servers.entries()) {
      if (!leaving.has(from)) continue;
      const staying = servers.filter((server) => !leaving.has(server));
      const kinds = [owns(messenger), state.lines.servers.get(from)?.pool === undefined];
      const carriers = kinds.map((own) => carrierOf(state, messenger, own));
      const to = carriers.flatMap((carrier) => (carrier ? spread(state, carrier, 1, staying) : []))[0];
      if (to === undefined) continue;
      servers[index] = to;
      state.lines.egress.set(prefix, { ...line, servers: [...servers] });
      moves.push({ messenger, site: state.name, prefix, index, from, to });
    }
  }
  return moves;
}
