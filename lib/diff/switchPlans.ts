/** What the estate and the lists of hosts change in switch plans: what grants change there is told as grants. */
import { byCodeUnit, type Json, type JsonObject } from "../manifests/apiObject";
import { switchPlan, switchPlanJson } from "../network/switchPlan";
import type { Ground } from "./ground";
import { differences } from "./semantics/differences";

/** What differs in the switch plan of a site. */
export interface SwitchPlanChange {
  readonly site: string;
  /** How many values differ. */
  readonly count: number;
  /** The first of them: its path in network/<site>.yaml, and the values, where it has them. */
  readonly first: { readonly path: string; readonly before?: Json; readonly after?: Json };
}

type Planned = Pick<Ground, "estate" | "messengers" | "lock" | "host">;

function planOf(ground: Planned, site: string): JsonObject {
  return ground.estate.sites[site] ? switchPlanJson(switchPlan(ground, site)) : {};
}

/** The later estate with nothing else changed. */
function onlyEstate({ messengers, lock, host: before }: Ground, { estate, host: now }: Ground): Planned {
  const host: Ground["host"] = (server) => {
    try {
      return now(server);
    } catch (error) {
      // It is no server any more, and was released with it.
      if (!(error instanceof RangeError)) throw error;
      return before(server);
    }
  };
  return { estate, messengers, lock, host };
}

/** The switch plans among sites that differ by the estate. */
export function switchPlanChanges(base: Ground, head: Ground, among: Iterable<string>): SwitchPlanChange[] {
  const changed = onlyEstate(base, head);
  const whole = (ground: Planned, site: string) => ({ apiVersion: "", kind: "", metadata: { name: site }, plan: planOf(ground, site) });
  return [...among].sort(byCodeUnit).flatMap((site) => {
    const found = differences(whole(base, site), whole(changed, site));
    const [first] = found;
    return first ? [{ site, count: found.length, first: { ...first, path: first.path.replace(/^plan\./, "") } }] : [];
  });
}
