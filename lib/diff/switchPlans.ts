/** What changes in switch plans. */
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

function planOf(ground: Ground, site: string): JsonObject {
  return ground.estate.sites[site] ? switchPlanJson(switchPlan(ground, site)) : {};
}

/** The switch plans among sites that differ. */
export function switchPlanChanges(base: Ground, head: Ground, among: Iterable<string>): SwitchPlanChange[] {
  const whole = (ground: Ground, site: string) => ({ apiVersion: "", kind: "", metadata: { name: site }, plan: planOf(ground, site) });
  return [...among].sort(byCodeUnit).flatMap((site) => {
    const found = differences(whole(base, site), whole(head, site));
    const [first] = found;
    return first ? [{ site, count: found.length, first: { ...first, path: first.path.replace(/^plan\./, "") } }] : [];
  });
}
