/** What was deployed to a site by manifests, stack by stack: as Terraform's state, it tells what a stack once had and has no more. */
import { join } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import type { ApiObject } from "../../manifests/apiObject";
import { textOf } from "../../request/textFile";
import type { SiteFolder } from "../control/folder";

/** Which object. */
export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The objects of each stack by the stack's name. */
export type Deployed = ReadonlyMap<string, readonly Reference[]>;

const fileOf = (folder: SiteFolder): string => join(folder.path, "deployed.json");

/** Which object this is. */
export function referenceTo({ apiVersion, kind, metadata: { name, namespace } }: ApiObject): Reference {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

/** Tells objects apart, in whatever version of their kind they are written. */
export function keyOf({ apiVersion, kind, name, namespace = "" }: Reference): string {
  return [apiVersion.includes("/") ? apiVersion.split("/")[0] : "", kind, namespace, name].join(" ");
}

/** What was deployed to a site; nothing before the first deploy. */
export function readDeployed(folder: SiteFolder): Deployed {
  const text = textOf(fileOf(folder));
  return new Map(text === undefined ? [] : Object.entries(JSON.parse(text) as Readonly<Record<string, readonly Reference[]>>));
}

/** Writes the record whole; stacks without objects are left out. */
export function writeDeployed(folder: SiteFolder, deployed: Deployed): void {
  const stacks = [...deployed].filter(([, references]) => references.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileAtomic(fileOf(folder), `${JSON.stringify(Object.fromEntries(stacks))}\n`, { fsync: false });
}

/** Both records together; an object that is in both stands once. */
export function merged(a: Deployed, b: Deployed): Deployed {
  const stacks = [...new Set([...a.keys(), ...b.keys()])];
  return new Map(
    stacks.map((stack) => {
      const references = [...(a.get(stack) ?? []), ...(b.get(stack) ?? [])];
      return [stack, [...new Map(references.map((reference) => [keyOf(reference), reference])).values()]];
    }),
  );
}

/** The part of a record that is about these objects. */
export function only(deployed: Deployed, references: readonly Reference[]): Deployed {
  const keys = new Set(references.map(keyOf));
  return new Map(Array.from(deployed, ([stack, all]) => [stack, all.filter((reference) => keys.has(keyOf(reference)))]));
}

/** The objects that are not among others. */
export function without(references: readonly Reference[], others: readonly Reference[]): Reference[] {
  const keys = new Set(others.map(keyOf));
  return references.filter((reference) => !keys.has(keyOf(reference)));
}
