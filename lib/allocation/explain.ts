/** Why a group of own servers does not fit, how much is missing and what would help. */
import type { Group } from "../request/estate";
import type { Refusal } from "./allocation";
import { placementOf } from "./groupPlacement";
import type { Holding } from "./holding";
import { leastServers } from "./laws";
import type { GroupNeed } from "./need";
import type { SiteState } from "./siteState";
import { classesOf } from "./standing";
import { bandwidth, describeNeed, several } from "./words";

type Explanation = Omit<Refusal, "messenger" | "site" | "group">;

/** The free servers of a class, and the racks that have some. */
function freeOf(state: SiteState, serverClass: string): { servers: number; racks: number } {
  const racks = state.racks.filter((rack) => rack.class === serverClass && rack.serving && !rack.pool && rack.free.length > 0);
  return { servers: racks.reduce((sum, { free }) => sum + free.length, 0), racks: racks.length };
}

/** What comes by itself: racks that are ordered, and servers that leave quarantine. */
function coming(state: SiteState, serverClass: string): string {
  const racks = Object.entries(state.site.racks)
    .filter(([, rack]) => rack.class === serverClass && !rack.pool && rack.inService !== undefined && rack.inService > state.asOf)
    .map(([name, { servers, inService = "" }]) => `${name} (${several(servers, "server")}) on ${inService}`)
    .sort();
  const resting = [...state.lines.quarantine.servers]
    .filter(([name, line]) => state.resting(line) && state.site.racks[name.slice(state.name.length + 1, -4)]?.class === serverClass)
    .map(([, { until }]) => until)
    .sort();
  const parts = [
    ...(racks.length > 0 ? [`ordered racks come: ${racks.join(", ")}`] : []),
    ...(resting.length > 0 ? [`${several(resting.length, "server")} leave quarantine, the first after ${resting[0] ?? ""}`] : []),
  ];
  return parts.length > 0 ? `; ${parts.join("; ")}` : "";
}

/** Explains a refusal; the group holds what it held before. */
export function explainRefusal(state: SiteState, holding: Holding, group: Group, need: GroupNeed): Explanation {
  const classes = classesOf(state, holding, group);
  const usable = new Map(state.racks.map((rack) => [rack.class, rack.usable]));
  const serverClass = classes.find((name) => usable.has(name));
  const capacity = serverClass === undefined ? undefined : usable.get(serverClass);
  if (serverClass === undefined || capacity === undefined)
    return {
      resource: "servers",
      missing: 1,
      what: `no rack at ${state.name} has a class that serves ${group}`,
      remedy: `add a rack of a class with serves: [${group}]`,
    };
  const least = leastServers(need, capacity);
  if (!Number.isSafeInteger(least))
    return {
      resource: "storage",
      missing: need.nvmeGB + need.objectGB,
      what: `no number of ${serverClass} servers carries it: ${describeNeed(need)}`,
      remedy: `add a rack of a class with the drives that ${group} needs, or let another class serve ${group}`,
    };
  const held = holding.count("now");
  if (placementOf(state, holding, group, need, 0)) {
    const egress = Math.max(need.share.egressMbps, need.afterSiteLoss.egressMbps);
    return {
      resource: "rack uplink",
      missing: Math.max(1, egress - holding.egressMbps),
      what: `the uplinks of the racks with free ${serverClass} servers cannot carry ${bandwidth(egress)} after the loss of a rack`,
      remedy: `raise the uplinks of ${serverClass} racks, or add such racks${coming(state, serverClass)}`,
    };
  }
  const free = freeOf(state, serverClass);
  const missing = Math.max(1, least - held - free.servers);
  return {
    resource: "servers",
    missing,
    what: `needs at least ${several(least, `${serverClass} server`)} and holds ${String(held)}; ${String(free.servers)} in ${several(free.racks, "rack")} are free, which is not lawful after the loss of a rack: ${describeNeed(need)}`,
    remedy: `add ${several(missing, `${serverClass} server`)} or racks of that class, release what others no longer need, or lower the need${coming(state, serverClass)}`,
  };
}
