import type { SecurityRule } from "../rule";
import { manyIn, newSubjects, reachOfBinding, roleOf, subjectText } from "./bindings";
import { bothWays, pairsOf, type Say } from "./pair";
import { may, whole } from "./words";

const say: Say = (tight, loose, direction) =>
  !loose
    ? []
    : newSubjects(tight, loose).flatMap((subject) => {
        const many = manyIn(subject);
        if (many === undefined) return [];
        return [
          `${whole(tight, direction)}${many} (${subjectText(subject)}) ${may(direction)} do what ${roleOf(loose)} allows${reachOfBinding(loose)}`,
        ];
      });

/** Bindings to those whom nobody chose: everybody, the anonymous, all pods. Told of new messengers too. */
export const accessForMany: SecurityRule = {
  name: "access-for-many",
  why: "Nobody decides who belongs to these groups: a stranger, or any pod of any messenger, has what is bound to them.",
  find: (comparison) => pairsOf(comparison, "RoleBinding", "ClusterRoleBinding").flatMap(bothWays(say)),
};
