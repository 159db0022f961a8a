/**
 * The real schemas of the kinds that the toolkit writes: Kubernetes' own OpenAPI documents and the operators' definitions, as
 * `npm run schemas:fetch` brings them. Unknown fields are refused, as a strict API server does. What needs an API server is not checked:
 * CEL, neither the x-kubernetes-validations of a schema nor the expressions inside a ValidatingAdmissionPolicy.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parseAllDocuments } from "yaml";
import type { ApiObject } from "../../lib/manifests/apiObject";

/** A JSON Schema, as far as it is looked into here. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  /** How text or a number is to be read, such as `byte`. */
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly [extension: `x-kubernetes-${string}`]: unknown;
}

/** The schema of one kind, and the document that its references point into. */
interface KindSchema {
  readonly schema: Schema;
  readonly document: string;
  readonly apiVersion: string;
  readonly kind: string;
}

interface OpenApi {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Definition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

const folder = join(__dirname, "../../.zirsakht/schemas");
const meta = "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
/** A document's name, absolute as references need it. */
const documentName = (file: string): string => `document:/${file}`;
const core = documentName("api__v1_openapi.json");
const quantity = { type: "string", pattern: "^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$" };

/** The same schema with unknown fields refused wherever it names fields and does not ask to keep others. */
function strict(schema: Schema): Schema {
  const { properties, items, additionalProperties, allOf, ...rest } = schema;
  const open = additionalProperties !== undefined || schema["x-kubernetes-preserve-unknown-fields"] === true || !properties;
  return {
    ...rest,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, strict(field)])) }),
    ...(items && { items: strict(items) }),
    ...(allOf && { allOf: allOf.map(strict) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: strict(additionalProperties) }),
    ...(!open && { additionalProperties: false }),
  };
}

function newAjv(): Ajv {
  const between = (low: number, high: number) => ({ type: "number" as const, validate: (value: number) => Number.isInteger(value) && value >= low && value <= high });
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateSchema: false,
    formats: {
      int32: between(-(2 ** 31), 2 ** 31 - 1),
      int64: between(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      double: true,
      byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
      "int-or-string": true,
      ipv4: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/,
    },
  });
  const uniqueBy = (items: readonly unknown[], key: (item: unknown) => unknown): boolean => new Set(items.map((item) => JSON.stringify(key(item)))).size === items.length;
  ajv.addKeyword({
    keyword: "x-kubernetes-list-type",
    type: "array",
    validate: (listType: string, items: unknown[], schema?: Schema) => {
      const keys = (schema?.["x-kubernetes-list-map-keys"] ?? []) as string[];
      if (listType === "set") return uniqueBy(items, (item) => item);
      return listType !== "map" || uniqueBy(items, (item) => keys.map((key) => (item as Record<string, unknown>)[key]));
    },
  });
  return ajv;
}

/** Names and labels, whose form the schemas leave to code of the API server. */
function nameProblems({ kind, metadata }: ApiObject): string[] {
  const problems: string[] = [];
  const label = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
  const key = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
  const name = kind === "Namespace" ? /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/ : /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
  if (!name.test(metadata.name)) problems.push(`/metadata/name is no name: ${metadata.name}`);
  for (const [text, value] of Object.entries((metadata.labels ?? {}) as Record<string, string>))
    if (!key.test(text) || !label.test(value)) problems.push(`/metadata/labels has no valid label in ${text}: ${value}`);
  for (const text of Object.keys((metadata.annotations ?? {}) as object)) if (!key.test(text)) problems.push(`/metadata/annotations has no valid key in ${text}`);
  return problems;
}

/** The schemas by kind. */
export class Schemas {
  private readonly kinds = new Map<string, KindSchema>();
  private readonly documents = new Map<string, OpenApi["components"]["schemas"]>();
  private readonly ajv = newAjv();

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      if (path.endsWith(".json")) this.addDocument(documentName(path.slice(path.lastIndexOf("/") + 1)), JSON.parse(text) as OpenApi);
      else for (const definition of parseAllDocuments(text)) this.addDefinition(definition.toJS() as Definition | null);
    }
  }

  private add(schema: KindSchema): void {
    this.kinds.set(`${schema.apiVersion} ${schema.kind}`, schema);
  }

  private addDocument(document: string, { components }: OpenApi): void {
    const schemas = Object.fromEntries(
      Object.entries(components.schemas).map(([name, schema]) => [name, name.endsWith(".resource.Quantity") ? (quantity as Schema) : strict(schema)]),
    );
    this.documents.set(document, schemas);
    this.ajv.addSchema({ components: { schemas } }, document);
    for (const [name, schema] of Object.entries(schemas)) {
      const kinds = (schema["x-kubernetes-group-version-kind"] ?? []) as { group: string; version: string; kind: string }[];
      const [only] = kinds;
      if (!only || kinds.length > 1 || !schema.properties?.metadata) continue;
      this.add({ schema: { $ref: `#/components/schemas/${name}` }, document, apiVersion: only.group ? `${only.group}/${only.version}` : only.version, kind: only.kind });
    }
  }

  private addDefinition(definition: Definition | null): void {
    if (definition?.kind !== "CustomResourceDefinition") return;
    const { group, names, versions } = definition.spec;
    for (const { name, schema } of versions) {
      const { properties, ...rest } = schema.openAPIV3Schema;
      const text: Schema = { type: "string" };
      const whole = strict({ ...rest, properties: { ...properties, apiVersion: text, kind: text, metadata: { $ref: meta } } });
      this.add({ schema: whole, document: core, apiVersion: `${group}/${name}`, kind: names.kind });
    }
  }

  /** Every kind of a group and version that there is, as `apiVersion kind`. */
  get names(): string[] {
    return [...this.kinds.keys()].sort();
  }

  /** A kind's schema with its reference followed. */
  of(apiVersion: string, kind: string): Schema | undefined {
    const found = this.kinds.get(`${apiVersion} ${kind}`);
    return found && this.follow(found.schema, found.document);
  }

  /** A schema with references followed: in the document of the kind that it is part of. */
  follow(schema: Schema, document: string): Schema {
    const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
    const found = target ? this.documents.get(document)?.[target.slice("#/components/schemas/".length)] : undefined;
    return found ? this.follow(found, document) : schema;
  }

  /** The document that a kind's references point into. */
  documentOf(apiVersion: string, kind: string): string {
    return this.kinds.get(`${apiVersion} ${kind}`)?.document ?? core;
  }

  /** What is wrong with an object, in words; nothing where the API server would take it. */
  problems(object: ApiObject): string[] {
    const name = `${object.apiVersion} ${object.kind}`;
    const found = this.kinds.get(name);
    if (!found) return [`no schema of ${name}; name its file in test/schemas/modules.json`];
    const id = `kind:/${object.apiVersion}/${object.kind}`;
    if (!this.ajv.getSchema(id)) this.ajv.addSchema(JSON.parse(JSON.stringify(found.schema).replaceAll('"$ref":"#', `"$ref":"${found.document}#`)) as object, id);
    const validate = this.ajv.getSchema(id);
    if (!validate) throw new Error(`the schema of ${name} does not compile`);
    const fine = validate(object);
    const wrong = fine ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ""} ${JSON.stringify(params)}`);
    return [...wrong, ...nameProblems(object)];
  }
}

/** What the schemas are to be of: the files that modules.json names, of the modules that the twin is made of. */
function pinned(): string {
  const sets = join(__dirname, "../../lib/twin/modules");
  const sums = readdirSync(sets)
    .sort()
    .map((set) => readFileSync(join(sets, set, "go.sum"), "utf8"));
  return createHash("sha256")
    .update([readFileSync(join(__dirname, "modules.json"), "utf8"), ...sums].join())
    .digest("hex");
}

/** The fetched schemas, or why there are none. */
export function loadSchemas(): Schemas | string {
  const indexFile = join(folder, "index.json");
  if (!existsSync(indexFile)) return "no schemas in .zirsakht/schemas; fetch them with `npm run schemas:fetch` (needs Go)";
  const index = JSON.parse(readFileSync(indexFile, "utf8")) as { pinned: string; files: Record<string, string> };
  if (index.pinned !== pinned()) return "the schemas in .zirsakht/schemas are of other versions; run `npm run schemas:fetch`";
  const files: Record<string, string> = {};
  for (const [path, sha256] of Object.entries(index.files)) {
    const text = readFileSync(join(folder, path), "utf8");
    if (createHash("sha256").update(text).digest("hex") !== sha256) return `${path} in .zirsakht/schemas is not what was fetched; run \`npm run schemas:fetch\``;
    files[path] = text;
  }
  return new Schemas(files);
}
