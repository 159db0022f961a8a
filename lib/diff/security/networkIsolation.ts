import type { ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { flowsOf, isolates, podsOf, podsText, ways, type Way } from "./flows";
import { amongPolicies, isolatedBy } from "./networkPolicies";
import type { Direction } from "./pair";
import { selected, type Selector } from "./selector";
import { restOf } from "./selectorRest";
import { arrow, whole } from "./words";

const open = { Ingress: "anybody may reach them", Egress: "they may go anywhere" } as const;
const words = (list: readonly Way[]): string => list.join(" and ");

function lost(tight: ApiObject, loose: ApiObject | undefined, pods: string, list: readonly Way[], direction: Direction): string {
  const isDefaultDeny = podsOf(tight).length === 0 && list.every((way) => flowsOf(tight, way).length === 0);
  const name = isDefaultDeny ? " (the default deny)" : "";
  return direction === "widens"
    ? `${whole(loose, "narrows")}it no longer isolates ${pods} for ${words(list)}${name}: where no other policy does, ${list.map((way) => open[way]).join(" and ")}`
    : `${whole(loose, "widens")}it isolates ${pods} for ${words(list)}${name}: only what a policy lets through passes`;
}

function shrinks(tight: ApiObject, loose: ApiObject, list: readonly Way[], direction: Direction): string {
  const pods = (policy: ApiObject): string => selected(podsOf(policy), "pod");
  const left =
    direction === "widens"
      ? `of those that it leaves out, where no other policy isolates them: ${list.map((way) => open[way]).join(" and ")}`
      : "for those that it takes in, only what a policy lets through passes";
  return `isolates other pods for ${words(list)}: ${arrow(pods(tight), pods(loose), direction)}; ${left}`;
}

/** Ways with the same words for their pods, together. */
function byPods(left: readonly (readonly [Way, string])[]): [string, Way[]][] {
  const texts = [...new Set(left.map(([, pods]) => pods))];
  return texts.map((text) => [text, left.filter(([, pods]) => pods === text).map(([way]) => way)]);
}

/** Which pods are isolated at all. A pod that no policy selects is open to everybody. */
export const networkIsolation: SecurityRule = {
  name: "network-isolation",
  why: "A pod is isolated only while a policy selects it: once none does, everybody may reach it and it may go anywhere.",
  find: amongPolicies((tight, loose, direction, among) => {
    if (!tight) return [];
    const left = ways
      .filter((way) => isolates(tight, way))
      .map((way): [Way, Selector[]] => [way, restOf(podsOf(tight), isolatedBy(among.loose, way))])
      .filter(([, rest]) => rest.length > 0);
    const gone = left.filter(([way]) => !isolates(loose, way)).map(([way, rest]): [Way, string] => [way, podsText(rest, tight)]);
    const kept = left.filter(([way]) => isolates(loose, way)).map(([way]) => way);
    return [
      ...byPods(gone).map(([pods, list]) => lost(tight, loose, pods, list, direction)),
      ...(loose && kept.length > 0 ? [shrinks(tight, loose, kept, direction)] : []),
    ];
  }),
};
