/**
 * The paths of attributes, as the report shows them:
 *
 *     spec.image.url                        a field
 *     metadata.labels["zirsakht.ir/state"]  a key that is no plain word
 *     spec.args[2]                          an element of a list whose order counts
 *     spec.ports["53/UDP"]                  an element that the API knows by a key
 *     rules[2].verbs[+]                     an element that a set gains; [-] one that it loses
 *     spec.variables[order]                 the keys of a list, where their order counts and has changed
 */

const word = /^[A-Za-z_]\w*$/;

/** The path of a field. */
export function fieldPath(parent: string, key: string): string {
  return !word.test(key) ? keyPath(parent, key) : parent === "" ? key : `${parent}.${key}`;
}

/** The path of an element with a key. */
export function keyPath(parent: string, key: string): string {
  return `${parent}[${JSON.stringify(key)}]`;
}

/** The path of an element by its index, of one that is gained or lost, or of the order of all. */
export function markPath(parent: string, mark: number | "+" | "-" | "order"): string {
  return `${parent}[${mark}]`;
}

/** The fields and keys that a path leads through, without indices and marks. */
export function keysOf(path: string): string[] {
  return Array.from(path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[[^\]"]*\]|([^.[\]]+)/g)).flatMap(([, quoted, plain]) => {
    if (quoted !== undefined) return [JSON.parse(`"${quoted}"`) as string];
    return plain === undefined ? [] : [plain];
  });
}
