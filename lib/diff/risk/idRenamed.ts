import type { ObjectChange } from "../change";
import { nameOf } from "../../manifests/apiObject";
import { foundAt } from "../name";
import type { RiskRule } from "../rule";

const keyOf = (stack: string, side: NonNullable<ObjectChange["before"]>): string =>
  `${stack} ${side.object.apiVersion} ${nameOf(side.object)}`;

const typeOf = (address: string): string => address.slice(0, address.indexOf("."));

/** How the state follows. Terraform moves it within a type only. */
function moving(from: string, to: string): string {
  return typeOf(from) === typeOf(to)
    ? `move the state first: terraform state mv '${from}' '${to}'`
    : `import the object under the new id and forget the old one: terraform state rm '${from}'`;
}

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
      return foundAt(change, `gets another id, ${heir.address}; keep the old one, or ${moving(change.address, heir.address)}`);
    });
  },
};
