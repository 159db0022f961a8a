/** Why a group of own servers does not fit, how much is missing and what would help. */
import type { Group } from "../request/estate";
import type { Capacity } from "../request/server";
import type { Refusal } from "./allocation";
import type { Holding } from "./holding";
import { type Failure, failuresOf, leastServers, type RackServers } from "./laws";
import type { GroupNeed } from "./need";
import type { SiteState } from "./siteState";
import { classesOf } from "./standing";
import { bandwidth, memory, several, storage, threads } from "./words";

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

/** The first class that some number of servers of would do; else the first that the site has. */
function likeliest(
  state: SiteState,
  classes: readonly string[],
  need: GroupNeed,
): { name: string; usable: Capacity; least: number } | undefined {
  const usable = new Map(state.racks.map((rack) => [rack.class, rack.usable]));
  const known = classes.flatMap((name) => {
    const capacity = usable.get(name);
    return capacity ? [{ name, usable: capacity, least: leastServers(need, capacity) }] : [];
  });
  return known.find(({ least }) => Number.isSafeInteger(least)) ?? known[0];
}

/** What the group would have with all that is free. */
function withAllFree(state: SiteState, holding: Holding, serverClass: string): RackServers[] {
  return state.racks.flatMap((rack, index) => {
    if (rack.class !== serverClass) return [];
    const servers = (holding.racks.get(index)?.names.length ?? 0) + (rack.serving && !rack.pool ? rack.free.length : 0);
    return servers > 0 ? [{ servers, usable: rack.usable }] : [];
  });
}

/** Explains a refusal; the group holds what it held before. */
export function explainRefusal(state: SiteState, holding: Holding, group: Group, need: GroupNeed): Explanation {
  const likely = likeliest(state, classesOf(state, holding, group), need);
  if (!likely)
    return {
      resource: "servers",
      missing: Math.max(2, need.nvmeGB > 0 ? need.rf : 0),
      what: `no rack at ${state.name} has a class that serves ${group}`,
      remedy: `add racks of a class with serves: [${group}] to ${state.name}`,
    };
  const { name, least } = likely;
  const more = coming(state, name);
  const failures = failuresOf(need, withAllFree(state, holding, name));
  const free = freeOf(state, name);
  const held = holding.count("now");
  const stock = `with the ${several(held, `${name} server`)} that it holds and the ${String(free.servers)} in ${several(free.racks, "rack")} that are free at ${state.name} it would have`;
  const egress = Math.max(need.share.egressMbps, need.afterSiteLoss.egressMbps);
  if (failures.length === 0)
    return {
      resource: "rack uplink",
      missing: Math.max(1, egress - holding.egressMbps),
      what: `the uplinks of the racks with free ${name} servers cannot carry ${bandwidth(egress)} after the loss of a rack`,
      remedy: `raise the uplinks of ${name} racks, or add such racks${more}`,
    };
  const what = `${stock} ${failures.map(describeFailure).join("; ")}`;
  const servers = Number.isSafeInteger(least) ? Math.max(1, least - held - free.servers) : 1;
  const data = failures.filter(({ resource }) => resource === "databases" || resource === "objects");
  if (data.length > 0 && data.length === failures.filter(({ resource }) => resource !== "racks").length)
    return {
      resource: "storage",
      missing: data.reduce((sum, { has, needs }) => sum + needs - has, 0),
      what,
      remedy: `add ${several(servers, `${name} server`)} or more, spread over racks, keep data for fewer days, or lower the need${more}`,
    };
  return {
    resource: "servers",
    missing: servers,
    what,
    remedy: Number.isSafeInteger(least)
      ? `add ${several(servers, `${name} server`)} or more, spread over racks, have others release what they no longer need, or lower the need${more}`
      : `let a class with what it lacks serve ${group}`,
  };
}

/** What is counted, and where that is not plain. */
const of: Partial<Record<Failure["resource"], string>> = {
  databases: " for databases, with no two replicas in a rack,",
  objects: " for objects, readable after the loss of a rack,",
  nic: " of ports",
};
const figure = {
  threads,
  memory,
  nic: bandwidth,
  databases: storage,
  objects: storage,
  racks: (count: number) => several(count, "rack"),
} as const;

/** `48 threads of the 80 that it needs after the loss of a rack`. */
export function describeFailure({ resource, when, has, needs }: Failure): string {
  const say = figure[resource];
  return `${say(has)}${of[resource] ?? ""} of the ${Number.isSafeInteger(needs) ? say(needs) : "many"} that it needs${when === "" ? "" : ` ${when}`}`;
}
