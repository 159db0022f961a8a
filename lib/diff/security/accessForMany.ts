import type { SecurityRule } from "../rule";
import { manyIn, subjectText } from "./bindings";
import { amongBindings, gainText } from "./gains";
import { pairsOf } from "./pair";
import { whole } from "./words";

const findIn = amongBindings((tight, loose, direction, gains) =>
  gains.flatMap(({ subject, part }) => {
    const many = manyIn(subject);
    if (many === undefined) return [];
    return [`${whole(tight, direction)}${many} (${subjectText(subject)}) ${gainText(loose, direction, part)}`];
  }),
);

/** Bindings to those whom nobody chose: everybody, the anonymous, all pods. Told of new messengers too. */
export const accessForMany: SecurityRule = {
  name: "access-for-many",
  why: "Nobody decides who belongs to these groups: a stranger, or any pod of any messenger, has what is bound to them.",
  find: (comparison) => findIn(comparison, pairsOf(comparison, "RoleBinding", "ClusterRoleBinding")),
};
