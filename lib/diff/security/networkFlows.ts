import { byCodeUnit, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { addressText, isEmpty } from "./addresses";
import { flowsOf, flowText, newFlows, podsOf, podsText, ways, type NewFlow, type Way } from "./flows";
import { amongPolicies, isolatedBy, type Policies } from "./networkPolicies";
import type { Direction } from "./pair";
import type { Selector } from "./selector";
import { sharedOf } from "./selectorRest";
import { instead, may, whole } from "./words";

const verbs = { Ingress: "be reached from", Egress: "go to" } as const;

/** Which part of a block is new, where that is not all of it. */
function noted({ flow, addresses }: NewFlow, direction: Direction): { flow: NewFlow["flow"]; note?: string } {
  if (flow.peer.kind !== "block" || isEmpty(addresses)) return { flow };
  const [part, all] = [addressText(addresses), addressText(flow.peer.addresses)];
  return part === all ? { flow } : { flow, note: ` (${direction === "widens" ? "new" : "lost"} of it: ${part})` };
}

function sayWay(tight: ApiObject | undefined, loose: ApiObject, way: Way, direction: Direction, others: Policies): string[] {
  const there = others.all.flatMap((policy) => flowsOf(policy, way));
  const own = flowText(flowsOf(tight, way).map((flow) => ({ flow })));
  // Pods that the other side leaves open may do everything there; only where it is not seen whole, others may isolate them.
  const isolated = others.isWhole ? sharedOf(podsOf(loose), isolatedBy(others, way)) : [podsOf(loose)];
  const found = new Map<string, Selector[]>();
  for (const pods of isolated) {
    const extra = newFlows(
      there,
      flowsOf(loose, way).map((flow) => ({ ...flow, pods })),
    );
    const holders = (one: NewFlow): string => (one.holders.length === 0 ? "" : podsText(one.holders, loose));
    for (const had of [...new Set(extra.map(holders))].sort(byCodeUnit)) {
      const flows = extra.filter((one) => holders(one) === had).map((one) => noted(one, direction));
      const what = `${may(direction)} ${verbs[way]} ${flowText(flows)}${instead(had === "" ? own : had, direction)}`;
      found.set(what, [...(found.get(what) ?? []), pods]);
    }
  }
  return [...found].map(([what, pods]) => `${whole(tight, direction)}${podsText(pods, loose)} ${what}`);
}

/** What NetworkPolicies let through: peers, ports, addresses, and for which pods. */
export const networkFlows: SecurityRule = {
  name: "network-flows",
  why: "Policies only add up: what one of them lets through, no other one keeps out.",
  find: amongPolicies((tight, loose, direction, among) =>
    loose ? ways.flatMap((way) => sayWay(tight, loose, way, direction, among.tight)) : [],
  ),
};
