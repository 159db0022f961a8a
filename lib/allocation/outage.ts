/** What does not work of the servers that somebody holds, why, and what would mend it. */
import type { Group } from "../request/estate";
import { holderOf, poolHolder } from "./grant";
import { countsOnceAlive } from "./holding";
import type { SiteState } from "./siteState";
import { several } from "./words";

/** Servers that would count, and do not. */
export interface Outage {
  /** Dark racks as `thr1-r01`, and servers that are dead or rolling as `thr1-r02-s03`, in order. */
  readonly names: readonly string[];
  /** The same with the reasons. */
  readonly words: string;
  /** What would mend it, in words. */
  readonly remedy: string;
  /** The same without what would do instead; empty where everything works. */
  readonly mend: string;
}

/** More names than these help nobody. */
const most = 5;

function listed(names: readonly string[]): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${String(rest)} more` : names.join(", ");
}

/** What of these holders' servers, or of one group of theirs, does not work at a site. */
export function outageOf(state: SiteState, holders: readonly string[], group?: Group): Outage {
  const dark = new Map<string, string[]>();
  const dead: string[] = [];
  const rolling: string[] = [];
  const rollers = new Set<string>();
  for (const [server, line] of state.lines.servers) {
    const holder = holderOf(line);
    if (!holders.includes(holder) || (group !== undefined && line.group !== group) || !countsOnceAlive(line)) continue;
    const rack = state.racks[state.rackOf(server)];
    if (rack && !rack.serving) dark.set(rack.name, [...(dark.get(rack.name) ?? []), server]);
    else if (!state.works(server)) dead.push(server);
    else if (line.state !== "granted") {
      rolling.push(server);
      rollers.add(holder);
    }
  }
  const racks = [...dark.keys()].sort();
  const reasonOf = (rack: string): string => {
    const { outOfService, inService = "" } = state.site.racks[rack] ?? {};
    return outOfService ?? `in service from ${inService}`;
  };
  const parts = [
    ...racks.map((rack) => `rack ${rack} (${reasonOf(rack)}, ${several(dark.get(rack)?.length ?? 0, "server")})`),
    ...(dead.length > 0 ? [listed(dead.sort().map((server) => `${server} (${state.site.outOfService[server] ?? ""})`))] : []),
    ...(rolling.length > 0 ? [`${listed(rolling.sort())}, which ${rolling.length === 1 ? "is" : "are"} rolling`] : []),
  ];
  // The pool has all servers of its racks already: nothing there is left to be granted in their place.
  const isPools = (server: string): boolean => state.lines.servers.get(server)?.pool === true;
  const instead = (what: string, servers: readonly string[]): string => {
    if (servers.every(isPools)) return `add pool racks at ${state.name}`;
    return `release ${what}, which grants ${servers.length === 1 ? "another in its place where one fits" : "others in their place where they fit"}`;
  };
  const darkened = [...dark.values()].flat();
  const whose = racks.length === 1 ? "its" : "their";
  const ways = [
    ...(racks.length > 0
      ? [
          {
            mend: `bring rack${racks.length === 1 ? "" : "s"} ${racks.join(", ")} of ${state.name} back`,
            or: instead(`${whose} ${several(darkened.length, "server")}`, darkened),
          },
        ]
      : []),
    ...(dead.length > 0 ? [{ mend: `mend ${listed(dead)}`, or: instead(dead.length === 1 ? "it" : "them", dead) }] : []),
    ...[...rollers].sort().map((holder) => ({ mend: `end the roll with roll ${holder}`, or: "" })),
  ];
  return {
    names: [...racks.map((rack) => `${state.name}-${rack}`), ...dead, ...rolling],
    words: parts.join("; "),
    remedy: ways.map(({ mend, or }) => (or === "" ? mend : `${mend}, or ${or}`)).join("; "),
    mend: ways.map(({ mend }) => mend).join("; "),
  };
}

/** What a refusal of the pool advises before anything else: to mend what is broken. Empty where all of the pool works. */
export function mendingPool(state: SiteState): string {
  if (state.pool.count("now") === state.pool.count("alive")) return "";
  return `${outageOf(state, [poolHolder]).mend}, `;
}
