/** A synthesized stack as the objects of the Kubernetes API, in the order in which they can be applied. */
import { InputError } from "../request/problem";
import { byCodeUnit } from "./apiObject";
import type { AddressedObject, TerraformConfig } from "./apiObject";
import { convert } from "./conversion";
import { resolve } from "./references";

/**
 * Converts every resource of a stack: namespaces first, then each object after what it refers to or depends on, by address where that leaves a choice.
 * Within a stack nothing else needs an order: Argo CD and Flux put namespaces and access rules before the rest by themselves, and the
 * definitions of custom kinds come with the site's operators. That the site's stack goes before its messengers' is the applier's to say.
 * @throws InputError with every resource that cannot be converted, by its address
 */
export function toObjects(stack: string, config: TerraformConfig): AddressedObject[] {
  const resources = config.resource ?? {};
  const problems: string[] = [];
  const found = new Map<string, AddressedObject & { readonly needs: ReadonlySet<string> }>();
  for (const [type, bodies] of Object.entries(resources)) {
    for (const [id, raw] of Object.entries(bodies)) {
      const address = `${type}.${id}`;
      const { body, needs, problems: unresolved } = resolve(raw, resources);
      problems.push(...unresolved.map((problem) => `${address}: ${problem}`));
      const object = convert(type, body);
      if (typeof object === "string") problems.push(`${address}: ${object}`);
      else found.set(address, { address, object, needs });
    }
  }
  if (problems.length > 0) throw new InputError(problems.sort(byCodeUnit).map((problem) => ({ message: `stack ${stack}: ${problem}` })));

  const addresses = [...found.keys()].sort(byCodeUnit);
  const isNamespace = (address: string): boolean => found.get(address)?.object.kind === "Namespace";
  const ordered = new Set<string>();
  const place = (address: string, path: ReadonlySet<string>): void => {
    const item = found.get(address);
    if (!item || ordered.has(address) || path.has(address)) return;
    for (const need of [...item.needs].sort(byCodeUnit)) place(need, new Set([...path, address]));
    ordered.add(address);
  };
  for (const address of [...addresses.filter(isNamespace), ...addresses]) place(address, new Set());
  return [...ordered].flatMap((address) => {
    const item = found.get(address);
    return item ? [{ address, object: item.object }] : [];
  });
}
