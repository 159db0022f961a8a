/** The rules that run on every synth. A new rule is one file, its test, and one line here. */
import { byCodeUnit, nameOf } from "../manifests/apiObject";
import type { Estate } from "../request/estate";
import { boundByName } from "./boundByName";
import { canonicalQuantities } from "./canonicalQuantities";
import { defaultDenyPresent } from "./defaultDenyPresent";
import { noForeignAddress } from "./noForeignAddress";
import { noSecretValues } from "./noSecretValues";
import { noUnboundedEgress } from "./noUnboundedEgress";
import { noWildcardAccess } from "./noWildcardAccess";
import { oneMessengerPerIdentity } from "./oneMessengerPerIdentity";
import { podSecurityDeclared } from "./podSecurityDeclared";
import { quotaPresent } from "./quotaPresent";
import type { Finding, PlacedObject, Rule } from "./rule";
import { treeOf } from "./tree";

export type { Breach, Finding, PlacedObject, Rule, Tree } from "./rule";

/** Every rule, in the order of names. */
export const rules: readonly Rule[] = [
  boundByName,
  canonicalQuantities,
  defaultDenyPresent,
  noForeignAddress,
  noSecretValues,
  noUnboundedEgress,
  noWildcardAccess,
  oneMessengerPerIdentity,
  podSecurityDeclared,
  quotaPresent,
];

/** Kinds of which some rule must see every object. */
const across = new Set(rules.flatMap((rule) => rule.across ?? []));

/** What of a stack the rules must see to judge another one. */
export function seenByOthers(objects: readonly PlacedObject[]): PlacedObject[] {
  return objects.filter(({ object }) => across.has(object.kind));
}

/**
 * Runs every rule over everything that one synth makes. Of stacks that were judged before, `seenByOthers` is enough.
 * @returns the findings by stack, address, rule and field; none where all is well
 */
export function checkPolicy(objects: readonly PlacedObject[], estate: Pick<Estate, "sites">): Finding[] {
  const tree = treeOf(objects, estate);
  const findings = rules.flatMap(({ name, protects, check }) =>
    check(tree).map(({ at, field, what, remedy }): Finding => ({
      rule: name,
      stack: at.stack,
      object: nameOf(at.object),
      address: at.address,
      field,
      what,
      why: protects,
      remedy,
    })),
  );
  const order = ({ stack, address, rule, field }: Finding): string => [stack, address, rule, field].join("\0");
  return findings.sort((left, right) => byCodeUnit(order(left), order(right)));
}

/** A finding as one line for people. */
export function formatFinding({ rule, stack, object, address, field, what, remedy }: Finding): string {
  return `${stack}: ${object} (${address}): ${field}: ${what}; ${remedy} [${rule}]`;
}
