/** What MetalLB chooses by names and selectors, where naming nothing means everything. */
import type { Json } from "../../manifests/apiObject";
import { objects, texts } from "../../manifests/apiObject";
import { beyond, selected, selectorOf, type Selector } from "./selector";

/** Selectors of which one match suffices; a name is one too. */
export type Choice = readonly Selector[];

const nameKey = "metadata.name";

/** What names and selectors choose together; everything, where there are none. */
export function choiceOf(names: Json | undefined, selectors: Json | undefined): Choice {
  const chosen = [...texts(names).map((name) => [{ key: nameKey, operator: "In", values: [name] }]), ...objects(selectors).map(selectorOf)];
  return chosen.length > 0 ? chosen : [[]];
}

function oneText(selector: Selector, noun: string): string {
  const [first] = selector;
  if (!first) return `EVERY ${noun}`;
  return first.key === nameKey ? `${noun} ${first.values.join("")}` : selected(selector, noun);
}

/** `namespace messenger-gap, namespaces with a=b`, or `EVERY namespace`. */
export function choiceText(choice: Choice, noun: string): string {
  return [...new Set(choice.map((selector) => oneText(selector, noun)))].sort().join(", ");
}

/** What is chosen newly. */
export const newlyChosen = (tight: Choice, loose: Choice): Choice => beyond(tight, loose);
