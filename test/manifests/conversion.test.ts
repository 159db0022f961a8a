/**
 * The conversion table, checked by a second way that shares nothing with it: an object is read off a resource by walking the real schema
 * of its kind, which says what a field is called, which keys are the user's and which text is base64 or a number.
 */
import { convert } from "../../lib/manifests/conversion";
import { toObjects } from "../../lib/manifests/objects";
import type { JsonObject, TerraformConfig } from "../../lib/manifests/apiObject";
import { loadSchemas, Schemas } from "../schemas/schemas";
import type { Schema } from "../schemas/schemas";
import { everyKind } from "./everyKind";
import { realStacks } from "./realStacks";

const schemas = loadSchemas();
if (typeof schemas === "string") process.stderr.write(`SKIPPED: the conversion by a second way: ${schemas}\n`);

const terraforms = /^(\/\/|depends_on|lifecycle|timeouts|wait_\w+)$/;

/** Reads what the provider's attributes say, field by field of the schema. */
function read(value: unknown, schema: Schema, follow: (schema: Schema) => Schema): unknown {
  const { type, format, items, properties, additionalProperties } = follow(schema);
  if (typeof value === "string" && format === "byte") return Buffer.from(value, "utf8").toString("base64");
  if (typeof value === "string" && format === "int-or-string" && /^\d+$/.test(value)) return Number(value);
  if (Array.isArray(value)) return value.map((item) => read(item, items ?? {}, follow));
  if (typeof value !== "object" || value === null || type !== "object") return value;
  // No namespace, said aloud: what is nowhere has no such field.
  const said = Object.entries(value).filter(([name, inner]) => name !== "namespace" || inner !== "");
  return Object.fromEntries(
    said.map(([name, inner]) => {
      if (!properties) return [name, read(inner, additionalProperties as Schema, follow)];
      const plainName = name.replaceAll("_", "").toLowerCase();
      const field = Object.keys(properties).find((each) => [plainName, `${plainName}s`].includes(each.toLowerCase()));
      if (!field) throw new Error(`no field for ${name}`);
      return [field, read(inner, properties[field] ?? {}, follow)];
    }),
  );
}

/** What a resource says, by the schema of the kind that its type is named after. */
function readObject(known: Schemas, type: string, body: Readonly<Record<string, unknown>>): unknown {
  if (type === "kubernetes_manifest") return body.manifest;
  const [, words = "", version = ""] = /^kubernetes_(\w+)_(v\d\w*)$/.exec(type) ?? [];
  const wanted = words.replaceAll("_", "");
  const name = known.names.find((each) => each.toLowerCase().endsWith(` ${wanted}`) && new RegExp(`(^|/)${version} `).test(each)) ?? "";
  const [apiVersion = "", kind = ""] = name.split(" ");
  const sent = Object.fromEntries(Object.entries(body).filter(([key]) => !terraforms.test(key)));
  const document = known.documentOf(apiVersion, kind);
  return { apiVersion, kind, ...(read(sent, known.of(apiVersion, kind) ?? {}, (schema) => known.follow(schema, document)) as object) };
}

/** The stack with its one form of reference, another resource's name, written out. */
function withNames(config: TerraformConfig): TerraformConfig {
  const text = JSON.stringify(config).replace(/\$\{(\w+)\.([\w-]+)\.metadata\[0\]\.name\}/g, (_, type: string, id: string) => {
    const { name } = config.resource?.[type]?.[id]?.metadata as { name: string };
    return name;
  });
  return JSON.parse(text) as TerraformConfig;
}

function expectSame(known: Schemas, stack: string, config: TerraformConfig): void {
  const objects = toObjects(stack, config);
  const resources = withNames(config).resource ?? {};
  expect(objects).toHaveLength(Object.values(resources).flatMap(Object.keys).length);
  for (const { address, object } of objects) {
    const dot = address.indexOf(".");
    const [type, id] = [address.slice(0, dot), address.slice(dot + 1)];
    expect({ stack, address, object }).toEqual({ stack, address, object: readObject(known, type, resources[type]?.[id] ?? {}) });
  }
}

const suite = schemas instanceof Schemas ? describe : describe.skip;
suite("every resource reads as the same object by its schema", () => {
  test("of every kind", () => {
    if (schemas instanceof Schemas) expectSame(schemas, "every-kind", everyKind());
  });

  test("of every real stack", () => {
    if (schemas instanceof Schemas) for (const [stack, config] of realStacks()) expectSame(schemas, stack, config);
  });
});

const metadata = { name: "a" };

test("a type without a row says where to add one", () => {
  expect(convert("kubernetes_deployment_v1", { metadata })).toBe(
    "no row for the type kubernetes_deployment_v1; add one to the table in lib/manifests/conversion.ts",
  );
});

test.each(["count", "for_each", "data_wo"])("%s is refused", (attribute) => {
  expect(convert("kubernetes_secret_v1", { metadata, [attribute]: {} })).toBe(
    `${attribute} has no place in a Kubernetes object; let the construct create one resource for each object, with plain values`,
  );
});

test.each([
  ["kubernetes_namespace_v1", {}],
  ["kubernetes_namespace_v1", { metadata: { generate_name: "a-" } }],
  ["kubernetes_manifest", { manifest: { apiVersion: "v1", metadata } }],
  ["kubernetes_manifest", {}],
])("%s %j is no object", (type, body) => {
  expect(convert(type, body as JsonObject)).toBe("it has no apiVersion, kind and metadata.name; set all three");
});

test("nulls are what is not said, in resources and in manifests", () => {
  expect(
    convert("kubernetes_service_account_v1", { metadata: { name: "a", labels: null }, automount_service_account_token: null }),
  ).toEqual({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata,
  });
  const manifest = { apiVersion: "v1", kind: "Thing", metadata, spec: { a: null, b: [{ c: null, d: 0 }], e: {}, f: [] } };
  expect(convert("kubernetes_manifest", { manifest })).toEqual({ ...manifest, spec: { b: [{ d: 0 }], e: {}, f: [] } });
});
