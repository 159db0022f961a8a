/** What was deployed to a site by manifests, stack by stack: as Terraform's state, it tells what a stack once had and has no more. */
import { join } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import type { ApiObject } from "../manifests/apiObject";
import { type SiteFolder, textOf } from "./folder";

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
