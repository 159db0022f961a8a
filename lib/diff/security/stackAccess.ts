import { several } from "../../allocation/words";
import type { ApiObject } from "../../manifests/apiObject";
import type { Comparison } from "../change";
import type { SecurityRule } from "../rule";
import { pooled, servedBy } from "./addressPool";
import { unboundedIn } from "./advertisement";
import { networkText } from "./attachment";
import { roleOf, reachOfBinding, subjectsOf, subjectText } from "./bindings";
import { egressAddressesOf } from "./egressGateway";
import { flowsOf, flowText, podsOf, ways } from "./flows";
import { nodesOf } from "./namespaceNodes";
import { pairsOf, type Direction, type SecurityFound } from "./pair";
import { selected } from "./selector";

/** Of announcements only what names nothing: the rest says no more than the pools. */
function announced(advertisement: ApiObject): string {
  const unbounded = unboundedIn(advertisement);
  return unbounded === "" ? "" : `announcements of ${advertisement.metadata.name} ${unbounded}`;
}

/** What an object opens, in words; nothing where it opens nothing by itself. By kind, in the order in which it is told. */
const opened: Readonly<Record<string, (object: ApiObject) => string>> = {
  Namespace: (namespace) =>
    nodesOf(namespace).length > 0 ? `the namespace ${namespace.metadata.name} on the nodes of ${nodesOf(namespace).join(", ")}` : "",
  RoleBinding: (binding) => `${roleOf(binding)}${reachOfBinding(binding)} to ${subjectsOf(binding).map(subjectText).join(", ")}`,
  IPAddressPool: (pool) => `the addresses ${pooled(pool)} to ${servedBy(pool)}`,
  BGPAdvertisement: announced,
  L2Advertisement: announced,
  CiliumEgressGatewayPolicy: (policy) => `leaving as ${egressAddressesOf(policy)}`,
  NetworkAttachmentDefinition: (attachment) => `the network ${networkText(attachment)}`,
  NetworkPolicy: (policy) =>
    ways
      .flatMap((way) => {
        // DNS and the namespace itself are what every messenger has; told is what lies outside, and what names no namespace.
        const outside = flowsOf(policy, way).filter(({ peer }) => peer.kind !== "pods" || peer.namespaces?.length === 0);
        if (outside.length === 0) return [];
        return `${way === "Ingress" ? "reaching" : "a way out for"} ${selected(podsOf(policy), "pod")} ${way === "Ingress" ? "from" : "to"} ${flowText(outside.map((flow) => ({ flow })))}`;
      })
      .join("; "),
  PriorityClass: ({ metadata }) => `the priority class ${metadata.name}`,
};

const isGuard = ({ kind }: ApiObject): boolean => kind === "ValidatingAdmissionPolicy" || kind === "ValidatingAdmissionPolicyBinding";
const guards = ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];

function listed(objects: readonly ApiObject[]): string[] {
  return Object.entries(opened).flatMap(([kind, words]) =>
    objects.filter((object) => object.kind === kind).flatMap((object) => words(object) || []),
  );
}

function ofStack(stack: string, objects: readonly ApiObject[], direction: Direction, isLeft: boolean): SecurityFound[] {
  const place = { stack, address: "", object: stack };
  const comes = direction === "widens";
  const what = listed(objects);
  const guarding = objects.filter(isGuard);
  const policies = guarding.filter(({ kind }) => kind === guards[0]);
  const gone = isLeft ? "is no longer made; once its objects are gone, it" : "goes and";
  return [
    ...(what.length > 0 ? [{ ...place, direction, what: `${comes ? "is new and opens" : `${gone} takes back`}: ${what.join("; ")}` }] : []),
    // Guards the other way round: what comes keeps out.
    ...(guarding.length > 0
      ? [
          {
            ...place,
            direction: comes ? ("narrows" as const) : ("widens" as const),
            what: `${comes ? "is new and guards" : `${gone} no longer guards`} its site by ${several(policies.length, "admission policy", "admission policies")}: ${policies
              .map(({ metadata }) => metadata.name)
              .sort()
              .join(", ")}`,
          },
        ]
      : []),
  ];
}

function find(comparison: Comparison): SecurityFound[] {
  const folded = pairsOf(comparison, ...Object.keys(opened), ...guards).filter((pair) => pair.folded);
  return (["after", "before"] as const).flatMap((side) => {
    const stacks = new Map<string, ApiObject[]>();
    for (const pair of folded) {
      const at = pair[side];
      if (at) stacks.set(at.stack, [...(stacks.get(at.stack) ?? []), at.object]);
    }
    return [...stacks].flatMap(([stack, objects]) =>
      ofStack(stack, objects, side === "after" ? "widens" : "narrows", comparison.stacks.removed.includes(stack)),
    );
  });
}

/** What a whole messenger's stack opens or takes back, in one finding instead of forty. */
export const stackAccess: SecurityRule = {
  name: "stack-access",
  why: "A new messenger's people, addresses and ways out are all new; a wildcard, a built-in role or weak pod security among them is told by itself.",
  find,
};
