/** What a binding newly lets its subjects do: what they may do by another binding is nothing new. */
import type { ApiObject } from "../../manifests/apiObject";
import type { Comparison, SideObject } from "../change";
import { knownLater } from "../plan/marks";
import { reachOfBinding, roleKey, roleOf, subjectsOf, subjectText, type Subject } from "./bindings";
import { bothWays, knownOf, type Direction, type Pair, type SecurityFound } from "./pair";
import { newlyAllowed, permissionsOf, permissionText, type Permission } from "./permissions";
import { may } from "./words";

/** A subject of the looser side's binding that may do more by it. */
export interface Gain {
  readonly subject: Subject;
  /** What it gains of the role, in words. @default all that the role allows */
  readonly part?: string;
}

/** What is said of one binding and those who gain by it; see `Say`. */
type SayGains = (tight: ApiObject | undefined, loose: ApiObject, direction: Direction, gains: readonly Gain[]) => readonly string[];

/** Who holds which role on one side, and what the roles allow. */
interface Held {
  /** The roles that a subject holds where a binding reaches. */
  readonly by: (subject: Subject, site: string, binding: ApiObject) => readonly string[];
  /** What each role allows; one that is not known, and so may allow anything, is missing. */
  readonly allowed: ReadonlyMap<string, readonly Permission[]>;
}

/** An aggregated role has the rules that the cluster gives it. */
const isKnown = ({ aggregationRule, rules }: ApiObject): boolean =>
  aggregationRule === undefined && !JSON.stringify([rules]).includes(knownLater);

const everywhere = "";
/** The namespace in which a binding holds. */
const reach = ({ kind, metadata }: ApiObject): string => (kind === "ClusterRoleBinding" ? everywhere : (metadata.namespace ?? "default"));
const holderKey = (subject: Subject, site: string, namespace: string): string => `${site} ${namespace} ${subjectText(subject)}`;

/** Bindings of stacks that are not compared are missing: too little is held by that, so that too much is told and never too little. */
function heldOn(comparison: Comparison, side: "before" | "after"): Held {
  const { whole, others } = knownOf(comparison, side);
  const allowed = new Map<string, readonly Permission[]>();
  const roles = new Map<string, string[]>();
  for (const { site, object } of [...whole, ...others]) {
    const { kind, metadata } = object;
    if ((kind === "Role" || kind === "ClusterRole") && isKnown(object))
      allowed.set(roleKey(site, `${kind} ${metadata.name}`, object), permissionsOf(object));
    if (kind !== "RoleBinding" && kind !== "ClusterRoleBinding") continue;
    for (const subject of subjectsOf(object)) {
      const key = holderKey(subject, site, reach(object));
      roles.set(key, [...(roles.get(key) ?? []), roleKey(site, roleOf(object), object)]);
    }
  }
  const by: Held["by"] = (subject, site, binding) =>
    [...new Set([reach(binding), everywhere])].flatMap((namespace) => roles.get(holderKey(subject, site, namespace)) ?? []);
  return { by, allowed };
}

function gainsOf({ site, object }: Pick<SideObject, "site" | "object">, less: Held, more: Held): Gain[] {
  const role = roleKey(site, roleOf(object), object);
  const allowed = more.allowed.get(role);
  return subjectsOf(object).flatMap((subject) => {
    const held = less.by(subject, site, object);
    // What the role itself allows anew is told of the role.
    if (held.includes(role)) return [];
    const could = held.flatMap((one) => less.allowed.get(one) ?? []);
    if (!allowed || could.length === 0) return [{ subject }];
    const gained = newlyAllowed(could, allowed);
    if (gained.length === 0) return [];
    return [gained.length === allowed.length ? { subject } : { subject, part: permissionText(gained) }];
  });
}

/** Says of each binding that differs who gains by it and who loses. */
export function amongBindings(say: SayGains): (comparison: Comparison, pairs: readonly Pair[]) => SecurityFound[] {
  return (comparison, pairs) => {
    if (pairs.length === 0) return [];
    const [before, after] = [heldOn(comparison, "before"), heldOn(comparison, "after")];
    return pairs.flatMap((pair) => {
      const site = (pair.after ?? pair.before)?.site ?? "";
      return bothWays((tight, loose, direction) => {
        if (!loose) return [];
        const [less, more] = direction === "widens" ? [before, after] : [after, before];
        const gains = gainsOf({ site, object: loose }, less, more);
        return gains.length === 0 ? [] : say(tight, loose, direction, gains);
      })(pair);
    });
  };
}

/** `may now do what Role viewer allows in messenger-gap`; where a part of that is nothing new, the rest is named. */
export function gainText(binding: ApiObject, direction: Direction, part?: string): string {
  const [what, rest] = part === undefined ? ["what", ""] : ["all that", `; ${direction === "widens" ? "new" : "lost"}: ${part}`];
  return `${may(direction)} do ${what} ${roleOf(binding)} allows${reachOfBinding(binding)}${rest}`;
}
