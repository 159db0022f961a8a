import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parse } from "yaml";
import type { z } from "zod";
import { estateSchema } from "../../lib/request/estate";
import { lockSchema } from "../../lib/request/lock";
import { messengerSchema } from "../../lib/request/messenger";
import { jsonSchemas } from "../../lib/request/schemas";
import { fixtures, sampleFile } from "../support/estate";
import { sampleLock } from "../support/lock";

const project = join(__dirname, "../..");
const schemas = jsonSchemas();

test.each(Object.keys(schemas))("the committed schemas/%s is what npm run schemas writes", (name) => {
  expect(readFileSync(join(project, "schemas", name), "utf8")).toBe(schemas[name]);
});

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

function* undescribed(schema: JsonSchema, path: string): Generator<string> {
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    if (child.description === undefined) yield `${path}.${key}`;
    yield* undescribed(child, `${path}.${key}`);
  }
  if (typeof schema.additionalProperties === "object") yield* undescribed(schema.additionalProperties, `${path}.*`);
  if (schema.items) yield* undescribed(schema.items, `${path}[]`);
  for (const option of schema.anyOf ?? []) yield* undescribed(option, path);
}

test.each(Object.entries(schemas))("every key of %s is described", (_, text) => {
  expect([...undescribed(JSON.parse(text) as JsonSchema, "")]).toEqual([]);
});

test("every YAML file points at its schema", () => {
  for (const root of [join(project, "stacks"), fixtures]) {
    for (const file of ["estate.yaml", ...readdirSync(join(root, "messengers")).map((name) => `messengers/${name}`)]) {
      const schema = /^# yaml-language-server: \$schema=(.+)\n/.exec(readFileSync(join(root, file), "utf8"))?.[1] ?? "none";
      expect([file, join(root, file, "..", schema)]).toEqual([
        file,
        join(project, "schemas", file === "estate.yaml" ? "estate.json" : "messenger.json"),
      ]);
    }
  }
});

/** A file's value with one part changed; `undefined` drops it. */
function changed(file: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(file) as Record<string, unknown>;
  const keys = path.split("/");
  const last = keys.pop() ?? "";
  const parent = keys.reduce<Record<string, unknown>>((part, key) => part[key] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

const hash = `sha256:${"0".repeat(64)}`;
const good: Readonly<Record<string, readonly [string, unknown][]>> = {
  estate: [
    ["horizon", "3650d"],
    ["headroom/uplink", "2.5%"],
    ["reserve/memory", "0GiB"],
    ["reserve/threads", 0],
    ["addresses", { vips: { own: 32, pool: "8" } }],
    ["images/node-2", { url: "http://images.example:8080/x", checksum: hash }],
    ["classes/general-48/nic", "1 x 100 Gbit/s"],
    ["classes/general-48/nvme", "8x.5TB"],
    ["sites/thr1/uplink", "1.6 Tbit/s"],
    ["sites/thr1/state", { s3: { bucket: "states", region: "x", endpoint: "https://s3.example" } }],
    ["sites/thr1/state", { kubernetes: {} }],
    ["sites/thr1/state", { local: { path: "a/b" } }],
    ["sites/thr1/racks/r01/inService", "2028-02-29"],
    ["sites/thr1/hosts", "thr1-hosts.csv"],
    ["surges", []],
  ],
  messenger: [
    ["audience/active", "5_000_000"],
    ["audience/active", 12],
    ["audience/registered", ".5M"],
    ["growth", { "2027-03-01": "6M" }],
    ["lifecycle", { state: "repurposed", sector: "health", since: "2026-01-01" }],
    ["lifecycle", "retired"],
    ["profile", { rf: 3, u_target: 0.5, tlsAtGateway: false }],
    ["placement", {}],
    ["name/fa", "پیام‌رسان"],
    ["surges", undefined],
  ],
  lock: [
    ["sites/thr1/servers/thr1-r01-s02/adopted", true],
    ["sites/thr1/short/bale", { cpu: 3, since: "2026-11-24" }],
    ["sites/thr1/vlans/1999", { pool: true }],
  ],
};
const bad: Readonly<Record<string, readonly [string, unknown][]>> = {
  estate: [
    ["horizon", "90"],
    ["horizon", "3651d"],
    ["horizon", 90],
    ["headroom/uplink", "101%"],
    ["headroom/uplink", "2.55%"],
    ["headroom/uplink", 10],
    ["headroom/uplink", undefined],
    ["reserve/threads", -1],
    ["reserve/memory", "16G"],
    ["images/Node", { url: "https://images.example/x", checksum: hash }],
    ["images/node-2", { url: "https://user:pass@images.example/x", checksum: hash }],
    ["images/node-2", { url: "https://images.example/x", checksum: "sha256:abc" }],
    ["classes/general-48/nic", "0 x 100 Gbit/s"],
    ["classes/general-48/nic", "100 Gbit/s"],
    ["classes/general-48/serves", []],
    ["sites/thr1/asn", 4294967296],
    ["sites/thr1/private", "10.0.0.0"],
    ["sites/thr1/private", "10.0.0.256/8"],
    ["sites/thr1/private", "10.0.0.0/33"],
    ["sites/thr1/public", []],
    ["sites/thr1/vlans", "0-10"],
    ["sites/thr1/state", {}],
    ["sites/thr1/state", { pg: {}, local: {} }],
    ["sites/thr1/state", { pg: { conn_str: "postgres://x" } }],
    ["sites/thr1/state", { http: { address: "https://user:pass@state.example" } }],
    ["sites/thr1/state", { local: { path: "../up" } }],
    ["sites/thr1/state", { local: { path: "/var/state" } }],
    ["sites/thr1/state", { local: { path: "cdktf.out/state" } }],
    ["sites/thr1/racks/r01/servers", 100],
    ["sites/thr1/racks/r01/servers", 1.5],
    ["sites/thr1/racks/r01/inService", "2027-02-29"],
    ["sites/thr1/racks/R01", {}],
    ["sites/thr1/racks/r01/switch/address", "10.0.0.01"],
    ["sites/thr1/hosts", "../hosts.csv"],
    ["surges", {}],
  ],
  messenger: [
    ["audiance", 5],
    ["messenger", "Soroush"],
    ["messenger", "a".repeat(41)],
    ["tier", "vip"],
    ["audience", undefined],
    ["audience/active", "-3"],
    ["audience/active", -3],
    ["audience/active", 1.5],
    ["audience/active", "5 million"],
    ["audience/active", "5__000"],
    ["audience/active", "۵M"],
    ["audience/active", null],
    ["audience/source", ""],
    ["growth", { "2027-02-30": "6M" }],
    ["growth", { "1999-12-31": "6M" }],
    ["growth", []],
    ["needs", []],
    ["needs", ["hardware", "software"]],
    ["lifecycle", { sector: "health" }],
    ["lifecycle", "gone"],
    ["profile", { rf: 2.5 }],
    ["profile", { c_in: 0 }],
    ["profile", { unknown: 1 }],
    ["placement", { sites: { Thr1: "100%" } }],
    ["name/en", "two\nlines"],
  ],
  lock: [
    ["version", 2],
    ["horizon", "soon"],
    ["sites/thr1/quotas", undefined],
    ["sites/thr1/servers/thr1-r01-s02/state", "gone"],
    ["sites/thr1/servers/thr1-r01", { pool: true }],
    ["sites/thr1/short/bale", { cpu: -1, since: "2026-11-24" }],
    ["sites/thr1/vlans/0", { pool: true }],
    ["sites/thr1/vlans/1999", { pool: true, messenger: "bale" }],
  ],
};

const compiled = (kind: string) =>
  new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(schemas[`${kind}.json`] ?? "") as object);
const kinds: Readonly<Record<string, { schema: z.ZodType; json: ValidateFunction; file: unknown }>> = {
  estate: { schema: estateSchema, json: compiled("estate"), file: sampleFile("estate.yaml") },
  messenger: { schema: messengerSchema, json: compiled("messenger"), file: sampleFile("messengers/soroush.yaml") },
  lock: { schema: lockSchema, json: compiled("lock"), file: sampleLock() },
};
const verdicts = (kind: string, path: string, value: unknown): (boolean | undefined)[] => {
  const candidate = changed(kinds[kind]?.file, path, value);
  return [kinds[kind]?.schema.safeParse(candidate).success, kinds[kind]?.json(candidate)];
};
const rows = (table: typeof good) =>
  Object.entries(table).flatMap(([kind, changes]) => changes.map(([path, value]) => [kind, path, value] as const));

test.each(rows(good))("zod and the JSON Schema accept %s %s: %j", (kind, path, value) => {
  expect(verdicts(kind, path, value)).toEqual([true, true]);
});

test.each(rows(bad))("zod and the JSON Schema refuse %s %s: %j", (kind, path, value) => {
  expect(verdicts(kind, path, value)).toEqual([false, false]);
});

test("the JSON Schemas accept the shipped files", () => {
  const root = join(project, "stacks");
  const read = (file: string): unknown => parse(readFileSync(join(root, file), "utf8"));
  expect(kinds.estate?.json(read("estate.yaml"))).toBe(true);
  for (const name of readdirSync(join(root, "messengers"))) expect(kinds.messenger?.json(read(`messengers/${name}`))).toBe(true);
});
