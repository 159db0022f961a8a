import { valueAt, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { reachOfBinding, roleOf, subjectText } from "./bindings";
import { foundOfRoles } from "./bound";
import { amongBindings } from "./gains";
import { bothWays, pairsOf, type Pair, type Say, type SecurityFound } from "./pair";
import { newlyAllowed, permissionsOf, permissionText, reachOf, reaches, type Permission } from "./permissions";
import { builtIn, permissionsIn, powers, type Power } from "./powers";
import { may, whole } from "./words";

/** What of a power some permissions hold: each under the names for which they hold it. */
function heldOf(power: readonly Permission[], all: readonly Permission[]): Permission[] {
  return power.flatMap((one) =>
    all.filter((given) => reaches(given, one)).map(({ name }) => (name === undefined ? one : { ...one, name })),
  );
}

function sayOf(among: readonly Power[]): Say {
  const known = among.map((power) => ({ by: power.by, permissions: permissionsIn(power) }));
  return (tight, loose, direction) => {
    if (!loose) return [];
    const less = permissionsOf(tight);
    // What the other side takes in gives no power that it does not have.
    const extra = newlyAllowed(less, permissionsOf(loose));
    if (extra.length === 0) return [];
    // Powers that let one do the same are one.
    const held = new Map<string, Permission[]>();
    for (const { by, permissions } of known) {
      const gained = newlyAllowed(less, heldOf(permissions, extra));
      if (gained.length > 0) held.set(by, [...(held.get(by) ?? []), ...gained]);
    }
    if (held.size === 0) return [];
    const lines = [...held].map(([by, gained]) => `${permissionText(gained)}: ${by}`);
    return [`${whole(tight, direction)}those bound to it ${may(direction)}${reachOf(loose)}: ${lines.join(" | ")}`];
  };
}

/** Of a whole new messenger only what its Roles never have. */
const sayAll = bothWays(sayOf(powers));
const sayUnusual = bothWays(sayOf(powers.filter(({ usual }) => !usual)));

const findInBindings = amongBindings((tight, loose, direction, gains) => {
  const by = builtInOf(loose);
  if (by === undefined) return [];
  return [
    `${whole(tight, direction)}${gains.map(({ subject }) => subjectText(subject)).join(", ")} ${direction === "widens" ? "now holds" : "no longer holds"} ${roleOf(loose)}${reachOfBinding(loose)}: who holds it ${by}`,
  ];
});

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
    ...foundOfRoles(comparison, pairsOf(comparison, "Role", "ClusterRole"), sayOfPair),
    ...findInBindings(comparison, pairsOf(comparison, "RoleBinding", "ClusterRoleBinding")),
  ],
};
