/** What an API server holds of the stacks' objects, without what it and its controllers add by themselves: equal for equal objects, however they came. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { type ApiObject, isObject, type Json, type JsonObject } from "../../../lib/manifests/apiObject";
import type { Api } from "../../../lib/twin/api";
import { keyOf, referenceTo } from "../../../lib/twin/deploy/deployed";

/** The API server's own fields of metadata, and those by which operators keep an object from going too early. */
const added = new Set(["creationTimestamp", "finalizers", "generation", "managedFields", "resourceVersion", "uid"]);
/** Lists of a role's rules in which the order says nothing; Terraform sends them in one of its own. */
const sets = new Set(["apiGroups", "resources", "verbs"]);

/** The objects of a site's manifests in a synth's folder, in order of files. */
export function manifestsOf(out: string, site: string): ApiObject[] {
  const folder = join(out, "manifests", site);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => document.toJS() as ApiObject));
}

/** The objects as the API server has them, by what they are; `undefined` for one that it has not. */
export async function held(api: Api, objects: readonly ApiObject[]): Promise<Record<string, JsonObject | undefined>> {
  const found: Record<string, JsonObject | undefined> = {};
  for (const object of objects) {
    const { status, body } = await api.request("GET", await api.pathOf(object));
    found[keyOf(referenceTo(object))] = status === 200 ? written(body) : undefined;
  }
  return found;
}

/** An object as its writer says it. */
export function written(object: JsonObject): JsonObject {
  const metadata = Object.entries(isObject(object.metadata) ? object.metadata : {}).filter(([name]) => !added.has(name));
  // A class that is no default is held without a word of it.
  const rest = Object.entries(object).filter(([name, value]) => name !== "status" && !(name === "globalDefault" && value === false));
  return ordered({ ...Object.fromEntries(rest), metadata: Object.fromEntries(metadata) }, object.kind === "Role") as JsonObject;
}

function ordered(value: Json, isRole: boolean): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => ordered(item, isRole));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isRole && sets.has(key) && Array.isArray(item) ? [...(item as readonly string[])].sort() : ordered(item, isRole),
    ]),
  );
}
