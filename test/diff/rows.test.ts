import * as fc from "fast-check";
import type { Attribute, ObjectChange } from "../../lib/diff/change";
import { rowsOf } from "../../lib/diff/rows";
import type { ApiObject, Json, JsonObject } from "../../lib/manifests/apiObject";

interface Of {
  readonly stack: string;
  readonly site?: string;
  readonly address?: string;
  readonly name?: string;
  readonly attributes?: readonly Attribute[];
  readonly action?: ObjectChange["action"];
}

function change({
  stack,
  site = stack.slice(stack.indexOf(".") + 1),
  address = "kubernetes_role_v1.a",
  attributes = [],
  ...rest
}: Of): ObjectChange {
  const { name = "a", action = "update" } = rest;
  const object: ApiObject = { apiVersion: "v1", kind: "Role", metadata: { name } };
  const side = { stack, site, address, object, guarded: false };
  return { stack, site, address, action, before: side, after: side, attributes };
}

const texts = (changes: readonly ObjectChange[]): string[] =>
  rowsOf(changes).map(({ change: { object, address, attributes, stacks, count } }) =>
    [`${String(count)} ${object} ${address} in ${stacks.join()}`, ...attributes.map((each) => JSON.stringify(each))].join(" "),
  );

/** A change that names its own stack everywhere. */
const own = (messenger: string, site: string, value: Json = `${messenger} at ${site}`): ObjectChange =>
  change({ stack: `${messenger}.${site}`, name: `messenger-${messenger}`, attributes: [{ path: "spec.a", before: "x", after: value }] });

test("what differs in the names of messenger and site alone is one row", () => {
  expect(texts([own("gap", "thr1"), own("bale", "mhd1")])).toEqual([
    '2 Role messenger-<messenger> kubernetes_role_v1.a in gap.thr1,bale.mhd1 {"path":"spec.a","before":"x","after":"<messenger> at <site>"}',
  ]);
});

test("a change that is alone stands under its own names", () => {
  expect(texts([own("gap", "thr1")])).toEqual([
    '1 Role messenger-gap kubernetes_role_v1.a in gap.thr1 {"path":"spec.a","before":"x","after":"gap at thr1"}',
  ]);
});

test("a server's change that is alone stands under the server's name", () => {
  const name = "thr1-r01-s01";
  const host = change({ stack: "gap.thr1", address: `kubernetes_manifest.hosts_${name}`, name });
  expect(texts([host])).toEqual([`1 Role ${name} kubernetes_manifest.hosts_${name} in gap.thr1`]);
});

test("names that are parts of one another are told apart", () => {
  const changes = [own("gap", "thr1"), own("gap2", "thr10"), own("gap", "thr10", "gap2 at thr1"), own("gap2", "thr1", "gap at thr1")];
  expect(rowsOf(changes).map(({ change: { count } }) => count)).toEqual([2, 1, 1]);
});

test("another messenger's name in a value is no name of its own stack", () => {
  expect(rowsOf([own("gap", "thr1", "bale"), own("bale", "thr1", "bale")]).length).toBe(2);
});

test.each(["server", "site", "messenger"])("a messenger called %s is not looked for in what stands for names", (id) => {
  const host = (messenger: string, name: string): ObjectChange =>
    change({ stack: `${messenger}.thr1`, address: `kubernetes_manifest.hosts_${name}`, name });
  const changes = [host(id, "thr1-r01-s01"), host("gap", "thr1-r01-s02")];
  expect(texts(changes)).toEqual([`2 Role <server> kubernetes_manifest.hosts_<server> in ${id}.thr1,gap.thr1`]);
});

test("servers of one stack are one row, which keeps the stack's names", () => {
  const host = (name: string): ObjectChange =>
    change({
      stack: "gap.thr1",
      address: `kubernetes_manifest.hosts_${name}`,
      name,
      attributes: [{ path: "spec.a", after: `${name} of gap` }],
    });
  expect(texts([host("thr1-r01-s01"), host("thr1-r01-s02")])).toEqual([
    '2 Role <server> kubernetes_manifest.hosts_<server> in gap.thr1 {"path":"spec.a","after":"<server> of gap"}',
  ]);
});

test.each(["a(b", "x.y.z", "main", "a|", "[", "\\", ".x", "site.", "$&"])(
  "a stack named %j by another program is a row like any",
  (stack) => {
    const changes = [change({ stack }), change({ stack: "gap.thr1" })];
    expect(texts(changes)).toEqual([`2 Role a kubernetes_role_v1.a in ${stack},gap.thr1`]);
  },
);

test("changes that differ in action, kind, path or value are not one row", () => {
  const [one, ...others] = [
    own("gap", "thr1"),
    { ...own("bale", "thr1"), action: "replace" as const },
    own("bale", "thr1", "other"),
    { ...own("bale", "thr1"), attributes: [{ path: "spec.b", before: "x", after: "bale at thr1" }] },
    { ...own("bale", "thr1"), address: "kubernetes_role_v1.b" },
  ];
  for (const other of others) expect(rowsOf([one, other]).length).toBe(2);
});

interface Holding {
  readonly stack: string;
  readonly spec: JsonObject;
  readonly kind?: string;
}

/** A change that creates an object. */
function created({ stack, spec, kind = "Role" }: Holding): ObjectChange {
  const { site, address, attributes } = change({ stack });
  const metadata = { name: "a", namespace: `messenger-${stack.slice(0, stack.indexOf("."))}` };
  const after = { stack, site, address, object: { apiVersion: "v1", kind, metadata, ...spec }, guarded: false };
  return { stack, site, address, action: "create", after, attributes };
}

describe("what created objects hold", () => {
  test("stands once where it is the same but for names", () => {
    const [row] = rowsOf(["gap.thr1", "bale.thr1"].map((stack) => created({ stack, spec: { spec: { of: stack, b: 1, a: "1Gi" } } })));
    expect(row?.change).toMatchObject({ count: 2, object: "Role messenger-<messenger>/a" });
    expect(row?.change.bodies).toEqual([
      {
        object: "Role messenger-<messenger>/a",
        stacks: ["gap.thr1", "bale.thr1"],
        count: 2,
        manifest: {
          apiVersion: "v1",
          kind: "Role",
          metadata: { name: "a", namespace: "messenger-<messenger>" },
          spec: { of: "<messenger>.<site>", b: 1, a: "1Gi" },
        },
      },
    ]);
  });

  test("stands each time where it differs, under the names of those that hold it, in one row", () => {
    const rows = rowsOf([
      created({ stack: "gap.thr1", spec: { rules: ["get"] } }),
      created({ stack: "bale.thr1", spec: { rules: ["get", "list"] } }),
      created({ stack: "nava.thr1", spec: { rules: ["get"] } }),
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.change.bodies?.map(({ object, stacks, count, manifest }) => [object, stacks, count, manifest.rules])).toEqual([
      ["Role messenger-<messenger>/a", ["gap.thr1", "nava.thr1"], 2, ["get"]],
      ["Role messenger-bale/a", ["bale.thr1"], 1, ["get", "list"]],
    ]);
  });

  test("is told of destroyed objects too, and not of those that both sides have", () => {
    const { after, ...rest } = created({ stack: "gap.thr1", spec: { rules: ["get"] } });
    const destroyed = rowsOf([{ ...rest, action: "destroy", ...(after && { before: after }) }]);
    expect(destroyed[0]?.change.bodies?.[0]?.manifest.rules).toEqual(["get"]);
    expect(rowsOf([own("gap", "thr1")])[0]?.change.bodies).toBeUndefined();
  });

  test("is masked before it is compared: secrets that differ are one body", () => {
    const secrets = ["gap.thr1", "bale.thr1"].map((stack) => created({ stack, kind: "Secret", spec: { data: { a: btoa(stack) } } }));
    expect(rowsOf(secrets)[0]?.change.bodies).toMatchObject([{ count: 2, manifest: { data: { a: "(sensitive)" } } }]);
  });
});

test("no change is lost, and a row's stacks are its changes' stacks", () => {
  const name = fc.constantFrom("gap", "gap2", "gap-2", "bale", "thr1", "site", "pool", "a(");
  const site = fc.constantFrom("thr1", "thr10", "thr", "mhd1");
  const changes = fc.array(
    fc
      .record({ messenger: name, site, value: fc.oneof(name, site, fc.constant("x")) })
      .map((each) => own(each.messenger, each.site, each.value)),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(changes, (all) => {
      const rows = rowsOf(all).map(({ change: row }) => row);
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      expect(new Set(rows.flatMap(({ stacks }) => stacks))).toEqual(new Set(all.map(({ stack }) => stack)));
      for (const { stacks, count } of rows) expect(stacks.length).toBeLessThanOrEqual(count);
    }),
  );
});
