import { messengerLabel, nodesBeforeLabel, nodesLabel, tierLabel } from "../../cluster/labels";
import { valueAt, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { arrow, instead, may, missingIn, whole } from "./words";

function label(namespace: ApiObject | undefined, key: string): string | undefined {
  const value = valueAt(namespace?.metadata.labels, key);
  return typeof value === "string" ? value : undefined;
}

/** The holders whose nodes a namespace's pods may use. */
export function nodesOf(namespace: ApiObject | undefined): string[] {
  return [nodesLabel, nodesBeforeLabel].flatMap((key) => label(namespace, key) ?? []).sort();
}

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const widens = direction === "widens";
  const nodes = missingIn(nodesOf(tight), nodesOf(loose));
  const [held, other] = [label(tight, messengerLabel), label(loose, messengerLabel)];
  const [tierHad, tierHas] = [label(tight, tierLabel), label(loose, tierLabel)];
  const start = whole(tight, direction);
  return [
    ...(nodes.length > 0
      ? [`${start}its pods ${may(direction)} run on the nodes of ${nodes.join(", ")}${instead(nodesOf(tight).join(", "), direction)}`]
      : []),
    ...(held === undefined || held === other
      ? []
      : [
          other === undefined
            ? `label ${messengerLabel} ${arrow(held, "none", direction)}: the admission policies for messengers' pods and services ${widens ? "no longer hold" : "hold"} there`
            : `label ${messengerLabel} ${arrow(held, other, direction)}: its pods ${may(direction)} tolerate the taint of ${other}'s own servers`,
        ]),
    ...(tierHad !== undefined && tierHad !== "focus" && tierHas === "focus"
      ? [`label ${tierLabel} ${arrow(tierHad, tierHas, direction)}: its pods ${may(direction)} push off those of other tiers`]
      : []),
  ];
};

/** Which nodes a namespace's pods may use, and whether the admission policies hold there: both go by its labels. */
export const namespaceNodes: SecurityRule = {
  name: "namespace-nodes",
  why: "Admission goes by the namespace's labels: they say on whose servers its pods run, and whether anything is refused there.",
  find: (comparison) => singlePairsOf(comparison, "Namespace").flatMap(bothWays(say)),
};
