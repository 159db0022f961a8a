/** What does not work of the servers that somebody holds, why, and what would mend it. */
import type { Group } from "../request/estate";
import { holderOf } from "./grant";
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
}

/** More names than these help nobody. */
const most = 5;

function listed(names: readonly string[]): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${String(rest)} more` : names.join(", ");
}

/** What of these holders' servers, or of one group of theirs, does not work at a site. */
export function outageOf(state: SiteState, holders: readonly string[], group?: Group): Outage {
  const dark = new Map<string, number>();
  const dead: string[] = [];
  const rolling: string[] = [];
  const rollers = new Set<string>();
  for (const [server, line] of state.lines.servers) {
    const holder = holderOf(line);
    if (!holders.includes(holder) || (group !== undefined && line.group !== group) || !countsOnceAlive(line)) continue;
    const rack = state.racks[state.rackOf(server)];
    if (rack && !rack.serving) dark.set(rack.name, (dark.get(rack.name) ?? 0) + 1);
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
    ...racks.map((rack) => `rack ${rack} (${reasonOf(rack)}, ${several(dark.get(rack) ?? 0, "server")})`),
    ...(dead.length > 0 ? [listed(dead.sort().map((server) => `${server} (${state.site.outOfService[server] ?? ""})`))] : []),
    ...(rolling.length > 0 ? [`${listed(rolling.sort())}, which ${rolling.length === 1 ? "is" : "are"} rolling`] : []),
  ];
  const instead = (count: number): string =>
    count === 1 ? "which grants another in its place where one fits" : "which grants others in their place where they fit";
  const count = [...dark.values()].reduce((sum, servers) => sum + servers, 0);
  const remedies = [
    ...(racks.length > 0
      ? [`bring rack ${racks.join(", ")} of ${state.name} back, or release its ${several(count, "server")}, ${instead(count)}`]
      : []),
    ...(dead.length > 0 ? [`mend ${listed(dead)}, or release ${dead.length === 1 ? "it" : "them"}, ${instead(dead.length)}`] : []),
    ...[...rollers].sort().map((holder) => `end the roll with roll ${holder}`),
  ];
  return {
    names: [...racks.map((rack) => `${state.name}-${rack}`), ...dead, ...rolling],
    words: parts.join("; "),
    remedy: remedies.join("; "),
  };
}
