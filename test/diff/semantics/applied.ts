/** Applies attributes to an object, as a reader of a report would: what differences says must be all that there is to do. */
import type { Attribute } from "../../../lib/diff/change";
import { shapeOf } from "../../../lib/diff/semantics/kinds";
import { fieldShape, keyText, plain, type Shape } from "../../../lib/diff/semantics/shape";
import type { ApiObject, Json } from "../../../lib/manifests/apiObject";

type Mutable = Record<string, unknown>;
type Step = { readonly key: string } | { readonly mark: string };

function stepsOf(path: string): Step[] {
  return Array.from(path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[([^\]]+)\]|([^.[\]]+)/g)).map(([, quoted, mark, field]) =>
    mark !== undefined ? { mark } : { key: quoted !== undefined ? (JSON.parse(quoted) as string) : (field ?? "") },
  );
}

/** Where a key leads in a list: the element's index, or its end. */
function indexOf(list: readonly unknown[], key: string, shape: Shape): number {
  const index = list.findIndex((element) => keyText(element as Json, shape) === key);
  return index < 0 ? list.length : index;
}

function put(container: unknown, step: Step, shape: Shape, { before, after }: Attribute): void {
  if (Array.isArray(container)) {
    if ("mark" in step && step.mark === "+") container.push(after);
    else if ("mark" in step && step.mark === "-")
      container.splice(
        container.findIndex((element) => JSON.stringify(element) === JSON.stringify(before)),
        1,
      );
    else {
      const index = "mark" in step ? Math.min(Number(step.mark), container.length) : indexOf(container, step.key, shape);
      if (after === undefined) container.splice(index, 1);
      else container[index] = after;
    }
  } else if ("key" in step && after === undefined) delete (container as Mutable)[step.key];
  else if ("key" in step) (container as Mutable)[step.key] = after;
}

function apply(object: Mutable, attribute: Attribute, root: Shape): void {
  const steps = stepsOf(attribute.path);
  let at: unknown = object;
  let shape = root;
  steps.forEach((step, place) => {
    const last = place === steps.length - 1;
    if (last) {
      put(at, step, shape, attribute);
      return;
    }
    const inner = Array.isArray(at) ? (shape.element ?? plain) : fieldShape(shape, "key" in step ? step.key : "");
    // What is empty on one side may be missing there.
    const next = steps[place + 1] ?? step;
    const empty = (): unknown => (inner.list !== undefined || "mark" in next ? [] : {});
    const key = Array.isArray(at) ? ("mark" in step ? Number(step.mark) : indexOf(at, step.key, shape)) : "key" in step ? step.key : "";
    at = (at as Mutable)[key as string] ??= empty();
    shape = inner;
  });
}

/** The object with the attributes' after sides in place of their before sides. */
export function applied(object: ApiObject, attributes: readonly Attribute[], after: ApiObject): ApiObject {
  const copy = structuredClone(object) as Mutable;
  // What goes, from the end, so that no index moves; then what comes, from the front.
  const goes = attributes.filter((attribute) => attribute.after === undefined).reverse();
  const comes = attributes.filter((attribute) => attribute.after !== undefined);
  for (const attribute of [...goes, ...comes]) apply(copy, structuredClone(attribute), shapeOf(object, after));
  return copy as unknown as ApiObject;
}
