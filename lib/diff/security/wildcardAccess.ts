import type { SecurityRule } from "../rule";
import { foundOfRoles } from "./bound";
import { bothWays, pairsOf, type Say } from "./pair";
import { isWild, newlyAllowed, permissionsOf, permissionText, reachOf } from "./permissions";
import { may, whole } from "./words";

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const wild = newlyAllowed(permissionsOf(tight), permissionsOf(loose)).filter(isWild);
  if (wild.length === 0) return [];
  return [`${whole(tight, direction)}WILDCARD: those bound to it ${may(direction)} ${permissionText(wild)}${reachOf(loose)}`];
};

/** Wildcards in Roles; a new messenger's are told too, for none of its Roles needs one. */
export const wildcardAccess: SecurityRule = {
  name: "wildcard-access",
  why: "A wildcard also allows what does not exist yet: the next kind, subresource or verb that an operator brings is open from its first day.",
  find: (comparison) => foundOfRoles(comparison, pairsOf(comparison, "Role", "ClusterRole"), bothWays(say)),
};
