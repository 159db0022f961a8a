import { readdirSync } from "node:fs";
import { join } from "node:path";
import { toObjects } from "../../lib/manifests/objects";
import { checkPolicy, formatFinding, rules } from "../../lib/policy";
import type { PlacedObject } from "../../lib/policy";
import type { AllocatedRequest } from "../../lib/request/allocated";
import { example, stacksOf } from "../manifests/realStacks";
import { sampleEstate } from "../support/estate";
import { grantedRequest } from "../support/granted";
import { namespace, placed } from "./tree";

const objectsOf = (request: AllocatedRequest): PlacedObject[] =>
  stacksOf(request).flatMap(([stack, config]) =>
    toObjects(stack, config).map((each) => ({ stack, site: stack.split(".")[1] ?? "", ...each })),
  );

test.each([
  ["the shared request", grantedRequest],
  ["the example", example],
])("%s breaks no rule", (_, request) => {
  const objects = objectsOf(request());
  expect(objects.length).toBeGreaterThan(50);
  expect(checkPolicy(objects, request().estate)).toEqual([]);
});

test("every rule has a file, a test, a name of its own and a place in the list", () => {
  const parts = new Set(["index.ts", "rule.ts", "tree.ts", "messengerNamespaces.ts"]);
  const files = readdirSync(join(__dirname, "../../lib/policy")).filter((file) => !parts.has(file));
  const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(rules.map(({ name }) => `${camelCase(name)}.ts`)).toEqual(files.sort());
  const tests = new Set(readdirSync(__dirname));
  expect(files.filter((file) => !tests.has(file.replace(/\.ts$/, ".test.ts")))).toEqual([]);
});

test("findings come in order, each with its rule, place and remedy", () => {
  const role = placed("Role", { rules: [{ apiGroups: ["*"], resources: ["pods"], verbs: ["bind"] }] }, { stack: "a.thr1", name: "all" });
  const findings = checkPolicy([namespace(), role], sampleEstate());
  expect(findings.map(({ stack, rule }) => `${stack} ${rule}`)).toEqual([
    "a.thr1 no-wildcard-access",
    "a.thr1 no-wildcard-access",
    "gap.thr1 default-deny-present",
    "gap.thr1 pod-security-declared",
    "gap.thr1 pod-security-declared",
    "gap.thr1 pod-security-declared",
    "gap.thr1 quota-present",
  ]);
  expect(findings[0]).toEqual({
    rule: "no-wildcard-access",
    stack: "a.thr1",
    object: "Role messenger-gap/all",
    address: "kubernetes_manifest.all",
    field: "rules[0].apiGroups",
    what: 'holds the wildcard "*"',
    why: "Least privilege: a wildcard allows what does not exist yet, and escalate, bind and impersonate allow everything.",
    remedy: "name each one that is needed",
  });
  expect(findings.slice(0, 1).map(formatFinding)).toEqual([
    'a.thr1: Role messenger-gap/all (kubernetes_manifest.all): rules[0].apiGroups: holds the wildcard "*"; name each one that is needed [no-wildcard-access]',
  ]);
});
