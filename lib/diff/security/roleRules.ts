import type { SecurityRule } from "../rule";
import { foundOfRoles } from "./bound";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { covers, newlyAllowed, permissionsOf, permissionText, reachOf } from "./permissions";
import { instead, may, whole } from "./words";

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const less = permissionsOf(tight);
  const extra = newlyAllowed(less, permissionsOf(loose));
  if (extra.length === 0) return [];
  // What it had of the same in a narrower form: named objects where it now has all, single verbs where it now has every one.
  const narrower = less.filter((permission) => extra.some((wide) => covers(wide, permission)));
  return [
    `${whole(tight, direction)}those bound to it ${may(direction)} ${permissionText(extra)}${reachOf(loose)}${instead(permissionText(narrower), direction)}`,
  ];
};

/** What Roles allow, whatever the order and the cut of their rules. */
export const roleRules: SecurityRule = {
  name: "role-rules",
  why: "Everybody whom a Role is bound to may do what its rules say, at once and without another review.",
  find: (comparison) => foundOfRoles(comparison, singlePairsOf(comparison, "Role", "ClusterRole"), bothWays(say)),
};
