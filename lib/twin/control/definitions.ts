/** The definitions of the kinds that the stacks and the operators use, as a site's set-up places them. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { type ApiObject, byCodeUnit, valueAt } from "../../manifests/apiObject";
import { type Api, ApiError, isDone } from "../api";
import { hasCondition } from "../condition";

/** Under this name the set-up writes. */
const fieldManager = "zirsakht-twin";
const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
/** Says what a definition was when it was placed, so that nothing is sent where it is the same. */
const digestAnnotation = "zirsakht.ir/digest";
/** Between two looks, in milliseconds: the API server is at work on the definitions and should not be at work on answers. */
const interval = 250;

/** The definitions of a folder's YAML files. */
export function readDefinitions(folder: string): ApiObject[] {
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort(byCodeUnit)
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => document.toJS() as ApiObject | null))
    .filter((object) => object !== null)
    .map(marked);
}

function marked(definition: ApiObject): ApiObject {
  const digest = createHash("sha256").update(JSON.stringify(definition)).digest("hex").slice(0, 16);
  const { metadata } = definition;
  const annotations = { ...(metadata.annotations as Readonly<Record<string, string>> | undefined), [digestAnnotation]: digest };
  return { ...definition, metadata: { ...metadata, annotations } };
}

/** Applies an object of the set-up. Throws an ApiError where it is refused. */
export async function place(api: Api, object: ApiObject): Promise<void> {
  const answer = await api.apply(object, fieldManager);
  if (!isDone(answer)) throw new ApiError(`the twin's set-up: ${object.kind} ${object.metadata.name}`, answer);
}

/** Places what is missing or different, and returns once objects of all kinds can be made. */
export async function placeDefinitions(api: Api, definitions: readonly ApiObject[]): Promise<void> {
  const there = new Map((await api.list(path)).map((definition) => [definition.metadata.name, definition]));
  const isSame = (definition: ApiObject): boolean => {
    const known = there.get(definition.metadata.name);
    return known !== undefined && digestOf(known) === digestOf(definition) && isServed(known);
  };
  const changing = definitions.filter((definition) => !isSame(definition));
  await Promise.all(
    changing.map(async (definition) => {
      // An apply costs the API server many times a plain creation, and nobody else has fields of a new object.
      if (there.has(definition.metadata.name)) await place(api, definition);
      else await api.demand("POST", path, { body: definition, query: { fieldManager } });
    }),
  );
  let waiting = changing.map(({ metadata }) => `${path}/${metadata.name}`);
  while (waiting.length > 0) {
    await pause(interval);
    const found = await Promise.all(waiting.map((one) => api.demand("GET", one)));
    waiting = waiting.filter((_, index) => !isServed(found[index] as ApiObject));
  }
  api.forgetKinds();
}

const digestOf = ({ metadata }: ApiObject): unknown => valueAt(metadata, "annotations", digestAnnotation);

const isServed = (definition: ApiObject): boolean => hasCondition(definition, "Established");
