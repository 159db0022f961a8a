import type { ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { addressText, isEmpty } from "./addresses";
import { flowsOf, flowText, newFlows, podsOf, ways, type NewFlow, type Way } from "./flows";
import { bothWays, singlePairsOf, type Direction, type Say } from "./pair";
import { isWithin, selected } from "./selector";
import { instead, may, whole } from "./words";

const verbs = { Ingress: "be reached from", Egress: "go to" } as const;

function subjects(policy: ApiObject): string {
  return `${selected(podsOf(policy), "pod")} in ${policy.metadata.namespace ?? "its namespace"}`;
}

/** Which part of a block is new, where that is not all of it. */
function noted({ flow, addresses }: NewFlow, direction: Direction): { flow: NewFlow["flow"]; note?: string } {
  if (flow.peer.kind !== "block" || isEmpty(addresses)) return { flow };
  const [part, all] = [addressText(addresses), addressText(flow.peer.addresses)];
  return part === all ? { flow } : { flow, note: ` (${direction === "widens" ? "new" : "lost"} of it: ${part})` };
}

function sayWay(tight: ApiObject | undefined, loose: ApiObject, way: Way, direction: Direction): string[] {
  const [less, more] = [flowsOf(tight, way), flowsOf(loose, way)];
  const extra = newFlows(less, more);
  const kept = more.filter((flow) => !extra.some((one) => one.flow === flow));
  const said =
    extra.length === 0
      ? []
      : [
          `${whole(tight, direction)}${subjects(loose)} ${may(direction)} ${verbs[way]} ${flowText(extra.map((one) => noted(one, direction)))}${instead(flowText(less.map((flow) => ({ flow }))), direction)}`,
        ];
  if (!tight || kept.length === 0 || isWithin(podsOf(loose), podsOf(tight))) return said;
  const text = flowText(kept.map((flow) => ({ flow })));
  return [...said, `${subjects(loose)} ${may(direction)} ${verbs[way]} ${text}${instead(subjects(tight), direction)}`];
}

const say: Say = (tight, loose, direction) => (loose ? ways.flatMap((way) => sayWay(tight, loose, way, direction)) : []);

/** What NetworkPolicies let through: peers, ports, addresses, and for which pods. */
export const networkFlows: SecurityRule = {
  name: "network-flows",
  why: "Policies only add up: what one of them lets through, no other one keeps out.",
  find: (comparison) => singlePairsOf(comparison, "NetworkPolicy").flatMap(bothWays(say)),
};
