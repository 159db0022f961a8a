import type { ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { arrow, may, whole } from "./words";

const valueOf = ({ value }: ApiObject): number => (typeof value === "number" ? value : 0);
const isDefault = ({ globalDefault }: ApiObject): boolean => globalDefault === true;
const preempts = ({ preemptionPolicy }: ApiObject): boolean => preemptionPolicy !== "Never";

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const widens = direction === "widens";
  const start = whole(tight, direction);
  const [value, before] = [valueOf(loose), tight && valueOf(tight)];
  return [
    ...(before === undefined || value > before
      ? [
          `${start}value ${before === undefined ? String(value) : arrow(String(before), String(value), direction)}: pods of it ${may(direction)} push off those below`,
        ]
      : []),
    ...(isDefault(loose) && !(tight && isDefault(tight))
      ? [
          `${start}globalDefault ${tight ? arrow("false", "true", direction) : "true"}: ${widens ? "every new pod that names no class has it" : "new pods that name no class no longer have it"}`,
        ]
      : []),
    ...(tight && preempts(loose) && !preempts(tight)
      ? [`preemptionPolicy ${arrow("Never", "PreemptLowerPriority", direction)}: pods of it ${may(direction)} push off those below`]
      : []),
  ];
};

/** Whose pods push off whose. */
export const priorityClass: SecurityRule = {
  name: "priority-class",
  why: "Where room is short, pods of a higher class push those of a lower one off their nodes.",
  find: (comparison) => singlePairsOf(comparison, "PriorityClass").flatMap(bothWays(say)),
};
