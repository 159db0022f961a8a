/** How the report names an object. */
import { nameOf } from "../manifests/apiObject";
import type { ObjectChange } from "./change";
import type { Finding, Found } from "./rule";

/** The name of an object that differs: as it is afterwards, or as it was where it goes. */
export function changedName({ before, after, address }: ObjectChange): string {
  const side = after ?? before;
  return side ? nameOf(side.object) : address;
}

/** A finding about an object that differs. */
export function foundAt(change: ObjectChange, what: string): Found<Finding> {
  return { stack: change.stack, address: change.address, object: changedName(change), what };
}
