import type { SecurityRule } from "../rule";
import { manyIn, roleOf, subjectText } from "./bindings";
import { amongBindings, gainText } from "./gains";
import { singlePairsOf } from "./pair";
import { instead, whole } from "./words";

const findIn = amongBindings((tight, loose, direction, gains) => {
  const named = gains.filter(({ subject }) => manyIn(subject) === undefined);
  const other = tight && roleOf(tight) !== roleOf(loose) ? `what ${roleOf(tight)} allows` : "";
  // Those who gain the same are told together.
  return [...new Set(named.map(({ part }) => part))].map((part) => {
    const subjects = named.filter((gain) => gain.part === part).map(({ subject }) => subjectText(subject));
    return `${whole(tight, direction)}${subjects.join(", ")} ${gainText(loose, direction, part)}${instead(other, direction)}`;
  });
});

/** Who is bound to what, by name. */
export const bindingSubjects: SecurityRule = {
  name: "binding-subjects",
  why: "A subject of a binding may do all that its role allows; groups are filled elsewhere, by the identity provider.",
  find: (comparison) => findIn(comparison, singlePairsOf(comparison, "RoleBinding", "ClusterRoleBinding")),
};
