import type { ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { flowsOf, isolates, podsOf, ways, type Way } from "./flows";
import { bothWays, singlePairsOf, type Direction, type Say } from "./pair";
import { isWithin, selected } from "./selector";
import { arrow, whole } from "./words";

const open = { Ingress: "anybody may reach them", Egress: "they may go anywhere" } as const;
const words = (list: readonly Way[]): string => list.join(" and ");

function lost(tight: ApiObject, loose: ApiObject | undefined, list: readonly Way[], direction: Direction): string {
  const pods = `${selected(podsOf(tight), "pod")} in ${tight.metadata.namespace ?? "its namespace"}`;
  const isDefaultDeny = podsOf(tight).length === 0 && list.every((way) => flowsOf(tight, way).length === 0);
  const name = isDefaultDeny ? " (the default deny)" : "";
  return direction === "widens"
    ? `${whole(loose, "narrows")}it no longer isolates ${pods} for ${words(list)}${name}: where no other policy does, ${list.map((way) => open[way]).join(" and ")}`
    : `${whole(loose, "widens")}it isolates ${pods} for ${words(list)}${name}: only what a policy lets through passes`;
}

const say: Say = (tight, loose, direction) => {
  if (!tight) return [];
  const isolated = ways.filter((way) => isolates(tight, way));
  const gone = isolated.filter((way) => !isolates(loose, way));
  const kept = isolated.filter((way) => isolates(loose, way));
  const pods = (policy: ApiObject): string => selected(podsOf(policy), "pod");
  const shrinks = loose !== undefined && kept.length > 0 && !isWithin(podsOf(tight), podsOf(loose));
  return [
    ...(gone.length > 0 ? [lost(tight, loose, gone, direction)] : []),
    ...(shrinks
      ? [
          `isolates other pods for ${words(kept)}: ${arrow(pods(tight), pods(loose), direction)}; ${
            direction === "widens"
              ? `of those that it leaves out, where no other policy isolates them: ${kept.map((way) => open[way]).join(" and ")}`
              : "for those that it takes in, only what a policy lets through passes"
          }`,
        ]
      : []),
  ];
};

/** Which pods are isolated at all. A pod that no policy selects is open to everybody. */
export const networkIsolation: SecurityRule = {
  name: "network-isolation",
  why: "A pod is isolated only while a policy selects it: once none does, everybody may reach it and it may go anywhere.",
  find: (comparison) => singlePairsOf(comparison, "NetworkPolicy").flatMap(bothWays(say)),
};
