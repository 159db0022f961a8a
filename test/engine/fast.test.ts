import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Annotations } from "cdktf/lib/annotations";
import { App } from "cdktf/lib/app";
import { Aspects } from "cdktf/lib/aspect";
import { LocalBackend } from "cdktf/lib/backends/local-backend";
import { Fn } from "cdktf/lib/terraform-functions";
import { TerraformIterator } from "cdktf/lib/terraform-iterator";
import { TerraformLocal } from "cdktf/lib/terraform-local";
import { TerraformOutput } from "cdktf/lib/terraform-output";
import { TerraformStack } from "cdktf/lib/terraform-stack";
import { TerraformVariable } from "cdktf/lib/terraform-variable";
import { Lazy } from "cdktf/lib/tokens/lazy";
import * as resolving from "cdktf/lib/tokens/private/resolve";
import { DefaultTokenResolver, StringConcat } from "cdktf/lib/tokens/resolvable";
import { Token, Tokenization } from "cdktf/lib/tokens/token";
import fc from "fast-check";
import { fastSynth } from "../../lib/engine/fast";
import { buildApp } from "../../lib/stacks/app";
import { grantedRequest } from "../support/granted";
import { filesOf, filesOfApp, folder, stackIn } from "./apps";

let undo: () => void = () => undefined;
afterEach(() => {
  undo();
});

/** Programs as users write them; each must come out as from cdktf alone. */
const programs: Record<string, (app: App) => void> = {
  "plain data, nested blocks, nulls and undefined": (app) => {
    const stack = stackIn(app, "plain");
    new Manifest(stack, "host", {
      manifest: {
        kind: "BareMetalHost",
        spec: { image: null, none: undefined, list: [1, undefined, null, [], {}], checksum: "3e91".repeat(16) },
      },
    });
    new NetworkPolicyV1(stack, "deny", {
      metadata: { name: "deny" },
      spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }] }] },
    });
    new SecretV1(stack, "text", { metadata: { name: "text" }, data: { text: "a ${b} $${c} %{ if d } 1e5 -1.5e+300 #{TfToken" } });
  },
  "references, functions, escapes, lazy values": (app) => {
    const stack = stackIn(app, "tokens");
    const variable = new TerraformVariable(stack, "names", { type: "list(string)", default: ["a"] });
    const namespace = new NamespaceV1(stack, "namespace", {
      metadata: { name: Fn.join("-", ["a", Token.asString(Fn.element(variable.listValue, 0)), "${b}"]) },
    });
    const labels = { [namespace.metadata.name]: "key", plain: Lazy.stringValue({ produce: () => "lazy" }), text: `a ${namespace.id} b` };
    new RoleV1(stack, "role", {
      metadata: {
        name: "role",
        namespace: namespace.metadata.name,
        labels,
        annotations: Token.asStringMap(Fn.merge([{ a: "b" }, labels]) as unknown),
      },
      rule: [{ apiGroups: [""], resources: Lazy.listValue({ produce: () => ["pods"] }), verbs: Token.asList(Fn.split(",", "get,list")) }],
      dependsOn: [namespace],
    });
    new TerraformLocal(stack, "number", Fn.max([1, Lazy.numberValue({ produce: () => 7 }), -3]));
    new TerraformOutput(stack, "generation", { value: namespace.metadata.generation });
  },
  "iterators, dynamic blocks, overrides, moves and imports": (app) => {
    const stack = stackIn(app, "dynamic");
    const each = TerraformIterator.fromList(["a", "b"]);
    new NamespaceV1(stack, "each", { forEach: each, metadata: { name: Token.asString(each.value as unknown) } });
    const rule = each.dynamic({ verbs: ["get"], resources: [each.value] });
    const role = new RoleV1(stack, "role", { metadata: { name: "role" }, rule });
    role.addOverride("metadata.labels", { a: Token.asString(role.id), gone: undefined });
    stack.addOverride("terraform.required_version", ">= 1.5");
    new NamespaceV1(stack, "old", { metadata: { name: "old" } }).moveFromId("kubernetes_namespace_v1.older");
    new NamespaceV1(stack, "taken", { metadata: { name: "taken" } }).importFrom("taken");
  },
  "references from stack to stack, aspects, annotations": (app) => {
    const namespace = new NamespaceV1(stackIn(app, "from"), "namespace", { metadata: { name: "shared" } });
    const to = stackIn(app, "to");
    new RoleV1(to, "role", { metadata: { name: "role", namespace: namespace.metadata.name }, rule: [] });
    Annotations.of(to).addInfo("seen");
    Aspects.of(app).add({
      visit: (node) => {
        if (node instanceof NamespaceV1) node.addOverride("metadata.labels.aspect", "yes");
      },
    });
  },
  "a user's own stack and resource": (app) => {
    class OwnStack extends TerraformStack {
      protected override allocateLogicalId(): string {
        return "own";
      }
    }
    class OwnNamespace extends NamespaceV1 {
      override toTerraform(): unknown {
        return { resource: { kubernetes_namespace_v1: { own: { since: new Date(0), text: this.fqn, more: new Map([["a", 1]]) } } } };
      }
    }
    const stack = new OwnStack(app, "own");
    new LocalBackend(stack, { path: "own" });
    new KubernetesProvider(stack, "kubernetes", {});
    new OwnNamespace(stack, "own", { metadata: { name: "own" } });
  },
};

describe("an app that is synthesized fast", () => {
  test.each(Object.entries(programs))("has the same bytes: %s", (_name, build) => {
    const plain = filesOf(build);
    expect(Object.keys(plain.files)).toContain("manifest.json");
    undo = fastSynth();
    expect(filesOf(build)).toEqual(plain);
  });

  test("has the same bytes: our own stacks", () => {
    const build = (outdir: string) => buildApp(grantedRequest(), { outdir });
    const plain = filesOfApp(build);
    expect(Object.keys(plain.files)).toEqual(
      expect.arrayContaining(["manifest.json", "stacks/site.thr1/cdk.tf.json", "stacks/soroush.mhd1/cdk.tf.json"]),
    );
    undo = fastSynth();
    expect(filesOfApp(build)).toEqual(plain);
  });

  test("ends in cdktf's own error where there is one", () => {
    const build = (app: App) => new Manifest(stackIn(app, "broken"), "host", { manifest: { list: [{ key: () => "a function" }] } });
    const plain = filesOf(build);
    undo = fastSynth();
    expect(filesOf(build)).toEqual(plain);
    expect(plain.error).toMatch(/a function.* at '\/resource\/kubernetes_manifest\/host\/manifest\/list\/0\/key'/);
  });
});

/** What `value` resolves to, written so that order, types and absence show; or the error. */
function outcome(scope: TerraformStack, value: unknown): string {
  const show = (item: unknown): unknown =>
    typeof item === "object" && item !== null
      ? [Object.prototype.toString.call(item), Object.entries(item).map(([key, inner]) => [key, show(inner)])]
      : [typeof item, String(item)];
  try {
    return JSON.stringify(show(Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()) })));
  } catch (error) {
    return String(error);
  }
}

describe("resolving", () => {
  const stack = stackIn(new App({ outdir: folder() }), "stack");

  const oddText = fc.constantFrom(
    "${TfToken[TOKEN.999999]}",
    "#{TfToken[x]}",
    "&{TfToken[x]}",
    "1e5",
    "sha-1e+289",
    "-8.2e298",
    `-82${"0".repeat(297)}e0`,
    `-0.0${"0".repeat(200)}82e500 3e9`,
    "${a}",
    "%{b}",
    "String Map Token Value",
    "Any Map Token Value",
    "__proto__",
    "resolve",
    "_children",
  );
  const text = fc.oneof({ weight: 3, arbitrary: fc.string({ maxLength: 6 }) }, { weight: 1, arbitrary: oddText });
  const { value } = fc.letrec((tie) => {
    const many = fc.array(tie("value"), { maxLength: 4 });
    return {
      value: fc.oneof({ depthSize: "small" }, tie("leaf"), many, tie("record"), tie("token"), tie("odd")),
      leaf: fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, -123456789, -0)),
      record: fc.dictionary(text, tie("value"), { maxKeys: 4 }),
      token: fc.oneof(
        tie("value").map((inner) => Lazy.anyValue({ produce: () => inner })),
        tie("value").map((inner) => Token.asString(Lazy.anyValue({ produce: () => inner }))),
        tie("value").map((inner) => `a ${Token.asString(Lazy.anyValue({ produce: () => inner }))} b`),
        fc.integer().map((inner) => Token.asNumber(Lazy.anyValue({ produce: () => inner }))),
        fc.integer().map((inner) => `a ${Token.asNumber(Lazy.anyValue({ produce: () => inner }))} b`),
        fc.array(fc.string()).map((inner) => [...Token.asList(Lazy.anyValue({ produce: () => inner }))]),
        fc.array(fc.integer()).map((inner) => Token.asNumberList(Lazy.anyValue({ produce: () => inner }))),
        tie("record").map((inner) => Token.asAnyMap(Lazy.anyValue({ produce: () => inner }))),
        text.map((inner) => ({ [Token.asString(Lazy.anyValue({ produce: () => inner }))]: inner })),
        many.map((inner) => Fn.jsonencode(inner)),
      ),
      odd: fc.oneof(
        fc.date(),
        many.map((inner) => new Set(inner)),
        text.map((inner) => Object.assign(Object.create({ inherited: inner }) as object, { inner })),
        fc.constantFrom(() => 1, 12n, Symbol.for("symbol"), stack, Object.create(null)),
        tie("value").map((inner) => ({ resolve: () => inner })),
        tie("value").map((inner) => ({ _children: inner, _metadata: inner })),
        many.map((inner) => Object.assign(Array.from({ length: 0 }), { 2: inner })),
      ),
    };
  });

  test("gives what cdktf gives, or its error, for any tree", () => {
    const plain = resolving.resolve;
    fc.assert(
      fc.property(value, (tree) => {
        const before = outcome(stack, tree);
        undo = fastSynth();
        expect(resolving.resolve).not.toBe(plain);
        const after = outcome(stack, tree);
        undo();
        expect(after).toBe(before);
      }),
      { numRuns: 3000 },
    );
  });

  test("calls a circle a circle, with cdktf's path", () => {
    const circle: Record<string, unknown> = {};
    circle.again = circle;
    const plain = outcome(stack, circle);
    undo = fastSynth();
    expect(outcome(stack, circle)).toBe(plain);
    expect(plain).toMatch(/circular/);
  });
});

describe("stack traces", () => {
  const trace = () => (Lazy.anyValue({ produce: () => 1 }) as unknown as { creationStack: string[] }).creationStack;

  test("are off, on request on, and back as before in the end", () => {
    expect(trace()).not.toEqual([]);
    undo = fastSynth();
    expect(trace()).toEqual([]);
    fastSynth({ stackTraces: true });
    expect(trace()).not.toEqual([]);
    fastSynth();
    undo();
    expect(trace()).not.toEqual([]);
  });
});
