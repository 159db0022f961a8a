import { valueAt, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { newSubjects, reachOfBinding, roleOf, subjectText } from "./bindings";
import { bothWays, pairsOf, type Pair, type Say, type SecurityFound } from "./pair";
import { covers, permissionsOf, permissionText, reachOf, type Permission } from "./permissions";
import { builtIn, permissionsIn, powers, type Power } from "./powers";
import { may, whole } from "./words";

/** What of a power some permissions hold: each under the names for which they hold it. */
function heldOf(power: Power, all: readonly Permission[]): Permission[] {
  return permissionsIn(power).flatMap((one) =>
    all
      .map((given) => ({ ...one, ...(given.name !== undefined && { name: given.name }), given }))
      .filter(({ given, ...named }) => covers(given, named))
      .map(({ group, resource, verb, name }) => ({ group, resource, verb, ...(name !== undefined && { name }) })),
  );
}

const sayOf =
  (among: readonly Power[]): Say =>
  (tight, loose, direction) => {
    if (!loose) return [];
    const [less, more] = [permissionsOf(tight), permissionsOf(loose)];
    // Powers that let one do the same are one.
    const held = new Map<string, Permission[]>();
    for (const power of among) {
      const extra = heldOf(power, more).filter((one) => !less.some((other) => covers(other, one)));
      if (extra.length > 0) held.set(power.by, [...(held.get(power.by) ?? []), ...extra]);
    }
    if (held.size === 0) return [];
    const lines = [...held].map(([by, extra]) => `${permissionText(extra)}: ${by}`);
    return [`${whole(tight, direction)}those bound to it ${may(direction)}${reachOf(loose)}: ${lines.join(" | ")}`];
  };

/** Of a whole new messenger only what its Roles never have. */
const sayAll = bothWays(sayOf(powers));
const sayUnusual = bothWays(sayOf(powers.filter(({ usual }) => !usual)));

const sayBinding: Say = (tight, loose, direction) => {
  const by = loose && builtInOf(loose);
  const subjects = newSubjects(tight, loose);
  if (!loose || by === undefined || subjects.length === 0) return [];
  return [
    `${whole(tight, direction)}${subjects.map(subjectText).join(", ")} ${direction === "widens" ? "now holds" : "no longer holds"} ${roleOf(loose)}${reachOfBinding(loose)}: who holds it ${by}`,
  ];
};

function builtInOf(binding: ApiObject): string | undefined {
  const name = valueAt(binding, "roleRef", "name");
  return valueAt(binding, "roleRef", "kind") === "ClusterRole" && typeof name === "string" ? builtIn[name] : undefined;
}

const sayOfPair = (pair: Pair): SecurityFound[] => (pair.folded ? sayUnusual(pair) : sayAll(pair));

/** Permissions that lead to others. */
export const privilege: SecurityRule = {
  name: "privilege",
  why: "By these permissions one gets rights that no rule names: others' credentials, others' networks and servers, or any right at all.",
  find: (comparison) => [
    ...pairsOf(comparison, "Role", "ClusterRole").flatMap(sayOfPair),
    ...pairsOf(comparison, "RoleBinding", "ClusterRoleBinding").flatMap(bothWays(sayBinding)),
  ],
};
