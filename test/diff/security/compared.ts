/** Small comparisons for the tests of rules. */
import type { ApiObject, JsonObject } from "../../../lib/manifests/apiObject";
import type { Comparison, ObjectChange, SideObject } from "../../../lib/diff/change";
import type { SecurityRule } from "../../../lib/diff/rule";

const core: Readonly<Record<string, string>> = {
  Role: "rbac.authorization.k8s.io/v1",
  ClusterRole: "rbac.authorization.k8s.io/v1",
  NetworkPolicy: "networking.k8s.io/v1",
};

/** An object of a kind in gap's namespace. */
export function object(kind: string, fields: JsonObject = {}, { name = "a", namespace = "messenger-gap" } = {}): ApiObject {
  const { metadata, ...rest } = fields;
  const place = { name, ...(namespace && { namespace }) };
  return { apiVersion: core[kind] ?? "v1", kind, metadata: { ...place, ...(metadata as JsonObject | undefined) }, ...rest };
}

/** An object that no namespace holds. */
export const clusterWide = (kind: string, fields: JsonObject = {}, name = "a"): ApiObject => object(kind, fields, { name, namespace: "" });

const sideOf = (stack: string, { kind, metadata }: ApiObject): Pick<SideObject, "stack" | "site" | "address" | "guarded"> => ({
  stack,
  site: stack.slice(stack.indexOf(".") + 1),
  address: `kubernetes_manifest.${kind}_${metadata.namespace ?? ""}_${metadata.name}`,
  guarded: false,
});

interface Place {
  /** @default gap.thr1 */
  readonly stack?: string;
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

/** A comparison of objects of one stack: every one is told as a change, whether it differs or not. */
export function compared(before: readonly ApiObject[], after: readonly ApiObject[], place: Place = {}): Comparison {
  const { stack = "gap.thr1", added = [], removed = [] } = place;
  const changes = new Map<string, ObjectChange>();
  for (const [key, objects] of [
    ["before", before],
    ["after", after],
  ] as const)
    for (const one of objects) {
      const side = { ...sideOf(stack, one), object: one };
      const { address, site } = side;
      changes.set(address, { stack, site, address, action: "update", attributes: [], ...changes.get(address), [key]: side });
    }
  return { changes: [...changes.values()], stacks: { added, removed }, unchanged: 0 };
}

/** What a rule says of a comparison, a line for each finding: `widens Role messenger-gap/a: what`. */
export function said({ find }: SecurityRule, comparison: Comparison): string[] {
  return find(comparison).map(({ direction, object: name, what }) => `${direction} ${name}: ${what}`);
}

/** What a rule says of one object that becomes another; either may be missing. Only the direction and the words. */
export function between(rule: SecurityRule, before: ApiObject | undefined, after: ApiObject | undefined, place?: Place): string[] {
  return rule.find(compared(before ? [before] : [], after ? [after] : [], place)).map(({ direction, what }) => `${direction}: ${what}`);
}
