import type { ObjectChange } from "../change";
import { foundAt, nameOf } from "../name";
import type { RiskRule } from "../rule";

const keyOf = (stack: string, side: NonNullable<ObjectChange["before"]>): string =>
  `${stack} ${side.object.apiVersion} ${nameOf(side.object)}`;

/** One object under another Terraform address: to Terraform it is a new one beside an old one that must go. */
export const idRenamed: RiskRule = {
  name: "id-renamed",
  why: "Terraform knows an object by its id: it deletes the live object, and makes one of the same name before or after, as it happens.",
  find: ({ changes }) => {
    const created = new Map(
      changes.flatMap((change): [string, ObjectChange][] =>
        change.action === "create" && change.after ? [[keyOf(change.stack, change.after), change]] : [],
      ),
    );
    return changes.flatMap((change) => {
      const heir = change.action === "destroy" && change.before ? created.get(keyOf(change.stack, change.before)) : undefined;
      if (!heir) return [];
      return foundAt(
        change,
        `gets another id, ${heir.address}; keep the old one, or move the state first: terraform state mv '${change.address}' '${heir.address}'`,
      );
    });
  },
};
