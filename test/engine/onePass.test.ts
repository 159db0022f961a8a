import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { DataKubernetesNamespaceV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-namespace-v1";
import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { Annotations } from "cdktf/lib/annotations";
import type { App, AppConfig } from "cdktf/lib/app";
import { Aspects } from "cdktf/lib/aspect";
import { LocalBackend } from "cdktf/lib/backends/local-backend";
import { AssetType, TerraformAsset } from "cdktf/lib/terraform-asset";
import { TerraformCount } from "cdktf/lib/terraform-count";
import { Fn } from "cdktf/lib/terraform-functions";
import { TerraformIterator } from "cdktf/lib/terraform-iterator";
import { TerraformLocal } from "cdktf/lib/terraform-local";
import { TerraformOutput } from "cdktf/lib/terraform-output";
import { TerraformStack } from "cdktf/lib/terraform-stack";
import { TerraformVariable } from "cdktf/lib/terraform-variable";
import { Lazy } from "cdktf/lib/tokens/lazy";
import { Token } from "cdktf/lib/tokens/token";
import { Construct } from "constructs";
import fc from "fast-check";
import { fastSynth } from "../../lib/engine/fast";
import { onePass } from "../../lib/engine/onePass";
import { buildApp } from "../../lib/stacks/app";
import { addEveryKind } from "../manifests/everyKind";
import { grantedRequest } from "../support/granted";
import { filesOf, filesOfApp, folder, stackIn } from "./apps";

let undo: () => void = () => undefined;
afterEach(() => {
  undo();
});

type Build = (app: App, stack: TerraformStack) => void;
const named = (name: string) => ({ metadata: { name } });
const valid = { validate: () => [] };

/** What the one pass writes by itself. */
const known: Record<string, Build> = {
  "plain values, nested blocks, nulls, empty lists and maps, undefined": (_, stack) => {
    const spec = {
      image: null,
      none: undefined,
      list: [1, undefined, null, [], {}, 0.5, -0],
      "a b": "3e91".repeat(16),
      é: 'پیام‌رسان\n"\\',
    };
    new Manifest(stack, "host", { manifest: { kind: "Host", spec } });
    new ConfigMapV1(stack, "text", { ...named("text"), data: { text: "a ${b} $${c} %{ if d } 1e5 #{x}" } });
  },
  "a list with holes": (_, stack) => {
    new Manifest(stack, "host", { manifest: { list: Object.assign(new Array<number>(3), { 2: 1 }) } });
  },
  "things that depend on others, and a variable": (_, stack) => {
    const variable = new TerraformVariable(stack, "name", { type: "string", default: "a" });
    const first = new NamespaceV1(stack, "first", named(variable.stringValue));
    const second = new NamespaceV1(stack, "second", { ...named("second"), dependsOn: [first] });
    new RoleV1(stack, "role", { ...named("role"), rule: [], dependsOn: [first, second], lifecycle: { preventDestroy: true } });
    new NamespaceV1(stack, "third", named(second.metadata.name));
  },
  "a replacement by another resource": (_, stack) => {
    const first = new NamespaceV1(stack, "first", named("a"));
    new NamespaceV1(stack, "second", { ...named("b"), lifecycle: { replaceTriggeredBy: [first], ignoreChanges: ["metadata"] } });
  },
  "every type and custom kind that the toolkit makes": (_, stack) => addEveryKind(stack),
  "constructs between stack and resources, and what is plain about validations": (app, stack) => {
    const group = new Construct(stack, "group");
    new NamespaceV1(group, "Resource", named("a"));
    group.node.addValidation(valid);
    app.node.addValidation(valid);
  },
  "a stack without a backend, and one without anything": (app) => {
    new KubernetesProvider(new TerraformStack(app, "bare"), "kubernetes", {});
    new TerraformStack(app, "empty");
  },
  "stacks that depend on each other": (app, stack) => {
    stackIn(app, "second").addDependency(stack);
  },
  "data sources and locals": (_, stack) => {
    new DataKubernetesNamespaceV1(stack, "data", named("data"));
    new TerraformLocal(stack, "local", { a: [1] });
  },
  "logical ids of one's own, and the user's own stack": (app) => {
    class OwnStack extends TerraformStack {
      protected override allocateLogicalId(): string {
        return "own";
      }
    }
    const stack = new OwnStack(app, "own");
    new KubernetesProvider(stack, "kubernetes", {});
    new NamespaceV1(stack, "first", named("a")).overrideLogicalId("first");
    new NamespaceV1(stack, "second", named("b"));
  },
  "a resource that adds to what it writes": (_, stack) => {
    class Labelled extends NamespaceV1 {
      override toTerraform(): unknown {
        const { resource } = super.toTerraform() as { resource: object };
        return { resource, terraform: { required_version: ">= 1.5" } };
      }
    }
    new Labelled(stack, "namespace", named("a"));
  },
};

/** What is left to cdktf, and how it ends there. */
const odd: Record<string, Build> = {
  "a reference to another stack": (app, stack) => {
    const other = new NamespaceV1(stackIn(app, "other"), "namespace", named("a"));
    new NamespaceV1(stack, "namespace", named(other.metadata.name));
  },
  "a dependency on another stack's resource": (app, stack) => {
    const other = new NamespaceV1(stackIn(app, "other"), "namespace", named("a"));
    new NamespaceV1(stack, "namespace", { ...named("b"), dependsOn: [other] });
  },
  "a lazy value": (_, stack) => {
    new NamespaceV1(stack, "namespace", named(Lazy.stringValue({ produce: () => "late" })));
  },
  "a lazy value that makes a resource": (_, stack) => {
    const produce = () => (stack.node.tryFindChild("late") ?? new NamespaceV1(stack, "late", named("late"))).node.id;
    new NamespaceV1(stack, "namespace", named(Lazy.stringValue({ produce })));
  },
  "a function": (_, stack) => {
    new NamespaceV1(stack, "namespace", named(Fn.join("-", ["a", "b"])));
  },
  "a reference within a text": (_, stack) => {
    const first = new NamespaceV1(stack, "first", named("a"));
    new NamespaceV1(stack, "second", named(`a-${first.metadata.name}`));
  },
  "an encoded list, number and map": (_, stack) => {
    const variable = new TerraformVariable(stack, "names", { type: "list(string)" });
    new RoleV1(stack, "role", { ...named("a"), rule: [{ apiGroups: [""], resources: variable.listValue, verbs: ["get"] }] });
    new Manifest(stack, "manifest", {
      manifest: { count: variable.numberValue, map: Token.asStringMap(Lazy.anyValue({ produce: () => ({}) })) },
    });
  },
  "a key that is a reference": (_, stack) => {
    const first = new NamespaceV1(stack, "first", named("a"));
    new ConfigMapV1(stack, "map", { ...named("map"), data: { [first.metadata.name]: "text" } });
  },
  "count, forEach and a dynamic block": (_, stack) => {
    const each = TerraformIterator.fromList(["a", "b"]);
    new NamespaceV1(stack, "counted", { ...named("a"), count: 2 });
    new NamespaceV1(stack, "computed", { ...named("a"), count: TerraformCount.of(3) });
    new NamespaceV1(stack, "each", { ...named(Token.asString(each.value as unknown)), forEach: each });
    new RoleV1(stack, "role", { ...named("role"), rule: each.dynamic({ verbs: ["get"], resources: [each.value] }) });
  },
  "provisioners, and a provider of one's own": (_, stack) => {
    const provider = new KubernetesProvider(stack, "second", { alias: "second" });
    new NamespaceV1(stack, "namespace", { ...named("a"), provider, provisioners: [{ type: "local-exec", command: "true" }] });
  },
  "an override of a resource": (_, stack) => new NamespaceV1(stack, "namespace", named("a")).addOverride("metadata.labels", { a: "b" }),
  "an override of a stack": (_, stack) => {
    stack.addOverride("terraform.required_version", ">= 1.5");
  },
  "an override of a backend and of a provider": (app) => {
    const stack = new TerraformStack(app, "own");
    new LocalBackend(stack, {}).addOverride("path", "elsewhere");
    new KubernetesProvider(stack, "kubernetes", {}).addOverride("insecure", true);
  },
  "a move and an import": (_, stack) => {
    new NamespaceV1(stack, "old", named("old")).moveFromId("kubernetes_namespace_v1.older");
    new NamespaceV1(stack, "taken", named("taken")).importFrom("taken");
  },
  "an output": (_, stack) => {
    new TerraformOutput(stack, "output", { value: "a" });
  },
  "an asset": (_, stack) => {
    const path = join(folder(), "file");
    writeFileSync(path, "text");
    new TerraformAsset(stack, "asset", { path, type: AssetType.FILE, assetHash: "1" });
  },
  "a stack within a stack": (_, stack) => {
    new KubernetesProvider(new TerraformStack(stack, "inner"), "kubernetes", {});
  },
  "a stack within a construct": (app) => {
    new TerraformStack(new Construct(app, "group"), "inner");
  },
  "an aspect": (_, stack) => {
    const namespace = new NamespaceV1(stack, "namespace", named("a"));
    Aspects.of(stack).add({ visit: (node) => (node === namespace ? namespace.metadata.resetLabels() : undefined) });
  },
  "an aspect of the app": (app) => Aspects.of(app).add({ visit: () => undefined }),
  "a note": (_, stack) => Annotations.of(stack).addInfo("seen"),
  "a warning": (_, stack) => Annotations.of(new Construct(stack, "part")).addWarning("careful"),
  "an error": (_, stack) => Annotations.of(stack).addError("broken"),
  "a validation that fails": (_, stack) => stack.node.addValidation({ validate: () => ["not so"] }),
  "a validation of the app that fails": (app) => app.node.addValidation({ validate: () => ["not so"] }),
  "a validation that throws": (_, stack) =>
    stack.node.addValidation({
      validate: () => {
        throw new Error("thrown");
      },
    }),
  "a missing provider": (app) => {
    new NamespaceV1(new TerraformStack(app, "bare"), "namespace", named("a"));
  },
  "two resources of one address": (_, stack) => {
    new ConfigMapV1(stack, "a.b", { ...named("a"), data: { a: "1" } });
    new ConfigMapV1(stack, "ab", { ...named("b"), data: { b: "2" } });
  },
  "two providers of one kind": (_, stack) => {
    new KubernetesProvider(stack, "second", { alias: "second" });
  },
  "a date, a class, a function": (_, stack) => {
    new Manifest(stack, "date", { manifest: { date: new Date(0) } });
    new Manifest(stack, "class", { manifest: { map: new Map([["a", 1]]) } });
    new Manifest(stack, "function", { manifest: { list: [{ key: () => "text" }] } });
  },
  "no number": (_, stack) => {
    new Manifest(stack, "number", { manifest: { number: NaN, other: -Infinity, whole: -3 } });
  },
  "a key that reaches into JavaScript's objects": (_, stack) => {
    new Manifest(stack, "proto", { manifest: JSON.parse('{"__proto__": {"a": 1}, "b": 2}') as object });
  },
  "a circle": (_, stack) => {
    const circle: Record<string, unknown> = {};
    circle.again = circle;
    new Manifest(stack, "circle", { manifest: circle });
  },
  "a token that nobody knows": (_, stack) => {
    new NamespaceV1(stack, "namespace", named("${TfToken[TOKEN.999999]}"));
  },
  "a resource that writes a date, and metadata of its own": (_, stack) => {
    class Own extends NamespaceV1 {
      override toTerraform(): unknown {
        return { resource: { kubernetes_namespace_v1: { own: { since: new Date(0), text: this.fqn } } } };
      }
      override toMetadata(): unknown {
        return { cloud: "own" };
      }
    }
    new Own(stack, "own", named("a"));
  },
  "a stack that writes itself": (app) => {
    class Own extends TerraformStack {
      override toTerraform(): unknown {
        return { own: true };
      }
    }
    new Own(app, "own");
  },
  "a synthesizer of one's own": (_, stack) => {
    stack.synthesizer = { synthesize: ({ manifest }) => void manifest.forStack(stack) };
  },
};

/** The app, with a stack of its own before what `build` adds and one after it. */
const around = (build: Build) => (app: App) => {
  new NamespaceV1(stackIn(app, "before"), "namespace", named("before"));
  build(app, stackIn(app, "stack"));
  new NamespaceV1(stackIn(app, "later"), "namespace", named("later"));
};

function isKnown(build: (app: App) => void, config: AppConfig = {}): boolean {
  let all = true;
  filesOf((app) => {
    build(app);
    all = app.node.children.every((stack) => stack instanceof TerraformStack && onePass(stack, app) !== undefined);
  }, config);
  return all;
}

describe("the one pass", () => {
  test.each(Object.entries(known))("writes cdktf's bytes by itself: %s", (_name, build) => {
    const plain = filesOf(around(build));
    expect(plain).toMatchObject({ error: undefined, files: { "manifest.json": expect.any(String) as string } });
    undo = fastSynth();
    expect(filesOf(around(build))).toEqual(plain);
    expect(isKnown(around(build))).toBe(true);
  });

  // An aspect or a validation of the app, and a construct around a stack, are seen at the app.
  const seenAtTheApp = ["an aspect of the app", "a validation of the app that fails"];
  test.each(Object.entries(odd))("leaves to cdktf, its files and its error: %s", (name, build) => {
    const plain = filesOf(around(build));
    undo = fastSynth();
    expect(filesOf(around(build))).toEqual(plain);
    expect(isKnown(around(build))).toBe(seenAtTheApp.includes(name));
  });

  test.each<AppConfig>([{ hclOutput: true }, { skipValidation: true }, { context: { key: "value" } }])(
    "heeds the app's settings: %j",
    (config) => {
      const build = around((_, stack) => stack.node.addValidation({ validate: () => ["not so"] }));
      const plain = filesOf(build, config);
      undo = fastSynth();
      expect(filesOf(build, config)).toEqual(plain);
      expect(isKnown(build, config)).toBe("skipValidation" in config);
    },
  );

  test("knows our own stacks", () => {
    const build = (outdir: string) => buildApp(grantedRequest(), { outdir });
    const plain = filesOfApp(build);
    undo = fastSynth();
    expect(filesOfApp(build)).toEqual(plain);
    const app = build(folder());
    expect(app.node.children.every((stack) => stack instanceof TerraformStack && onePass(stack, app) !== undefined)).toBe(true);
  });

  const text = fc.oneof(
    { weight: 5, arbitrary: fc.string({ maxLength: 5 }) },
    fc.constantFrom("${a}", "%{b}", "1e5", "-8e298", "__proto__", "پیام", "\u2028\ud800"),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, -0)),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(text, tie("value"), { maxKeys: 4 }),
    ),
  }));
  const resource = fc.record({ id: fc.constantFrom("a", "b", "c.d", "cd", "e"), value, needs: fc.nat(2), lifecycle: fc.boolean() });

  test("writes what cdktf writes, or ends as it ends, for any stack of any values", () => {
    let all = 0;
    fc.assert(
      fc.property(fc.uniqueArray(resource, { selector: ({ id }) => id, maxLength: 4 }), (resources) => {
        const build = (app: App): void => {
          const stack = stackIn(app, "stack");
          const made: Manifest[] = [];
          for (const { id, value: spec, needs, lifecycle } of resources)
            made.push(
              new Manifest(stack, id, {
                manifest: { spec },
                ...(needs > 0 && { dependsOn: made.slice(-needs) }),
                ...(lifecycle && { lifecycle: { preventDestroy: true } }),
              }),
            );
        };
        const plain = filesOf(build);
        undo = fastSynth();
        const fast = filesOf(build);
        if (isKnown(build)) all++;
        undo();
        expect(fast).toEqual(plain);
      }),
      { numRuns: 300 },
    );
    expect(all).toBeGreaterThan(50);
  });
});
