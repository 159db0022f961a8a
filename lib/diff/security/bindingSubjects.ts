import type { SecurityRule } from "../rule";
import { manyIn, newSubjects, reachOfBinding, roleOf, subjectText } from "./bindings";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { instead, may, whole } from "./words";

const say: Say = (tight, loose, direction) => {
  const subjects = newSubjects(tight, loose).filter((subject) => manyIn(subject) === undefined);
  if (!loose || subjects.length === 0) return [];
  const other = tight && roleOf(tight) !== roleOf(loose) ? `what ${roleOf(tight)} allows` : "";
  return [
    `${whole(tight, direction)}${subjects.map(subjectText).join(", ")} ${may(direction)} do what ${roleOf(loose)} allows${reachOfBinding(loose)}${instead(other, direction)}`,
  ];
};

/** Who is bound to what, by name. */
export const bindingSubjects: SecurityRule = {
  name: "binding-subjects",
  why: "A subject of a binding may do all that its role allows; groups are filled elsewhere, by the identity provider.",
  find: (comparison) => singlePairsOf(comparison, "RoleBinding", "ClusterRoleBinding").flatMap(bothWays(say)),
};
