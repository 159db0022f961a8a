import { admissionPolicy } from "../../../lib/diff/security/admissionPolicy";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, clusterWide } from "./compared";

const check = (expression: string, message?: string): JsonObject => ({ expression, ...(message !== undefined && { message }) });
const rules = (...resourceRules: JsonObject[]): JsonObject => ({ resourceRules });
const pods = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] };
const policy = (spec: JsonObject = {}) =>
  clusterWide("ValidatingAdmissionPolicy", {
    spec: { failurePolicy: "Fail", validations: [check("a", "no a"), check("b")], matchConstraints: rules(pods), ...spec },
  });

test.each([
  ["failurePolicy", { failurePolicy: "Ignore" }, "failurePolicy Fail -> Ignore: requests pass where it cannot be evaluated"],
  ["a validation that goes", { validations: [check("b")] }, 'no longer refuses by the validation "no a"'],
  ["one without a message", { validations: [check("a", "no a")] }, 'no longer refuses by the validation "b"'],
  ["a condition", { matchConditions: [{ name: "few", expression: "c" }] }, "judges only requests that meet the condition few: c"],
  ["an operation", { matchConstraints: rules({ ...pods, operations: ["CREATE"] }) }, "no longer judges UPDATE pods"],
  ["a resource", { matchConstraints: rules({ ...pods, resources: ["pods/status"] }) }, "no longer judges CREATE, UPDATE pods"],
  [
    "an exclusion",
    { matchConstraints: { ...rules(pods), excludeResourceRules: [{ ...pods, operations: ["UPDATE"], resourceNames: ["x"] }] } },
    "no longer judges UPDATE pods named x, which is excluded",
  ],
  [
    "a namespaceSelector",
    { matchConstraints: { ...rules(pods), namespaceSelector: { matchLabels: { a: "b" } } } },
    "judges fewer namespaces than before: every namespace -> namespaces with a=b",
  ],
  [
    "matchPolicy",
    { matchConstraints: { ...rules(pods), matchPolicy: "Exact" } },
    "matchPolicy Equivalent -> Exact: the same request in another version passes unjudged",
  ],
])("%s loosens it; the other way round it tightens", (_, spec, what) => {
  const [there, back] = [between(admissionPolicy, policy(), policy(spec)), between(admissionPolicy, policy(spec), policy())];
  expect(there).toContain(`widens: ${what}`);
  expect(back.filter((line) => line.startsWith("narrows: "))).toHaveLength(there.filter((line) => line.startsWith("widens: ")).length);
});

test("the words of a tightening", () => {
  const loose = policy({ failurePolicy: "Ignore", validations: [check("b")], matchConditions: [{ name: "few", expression: "c" }] });
  expect(between(admissionPolicy, loose, policy())).toEqual([
    "narrows: failurePolicy Ignore -> Fail: requests no longer pass where it cannot be evaluated",
    'narrows: refuses now by the validation "no a"',
    "narrows: no longer judges only requests that meet the condition few: c",
  ]);
});

test("an expression that changes cannot be judged, whichever way", () => {
  const what = (a: string, b: string) => [
    `widens: validation "no a" changed, which cannot be judged; read it: ${a} -> ${b}`,
    `widens: variable v changed, which cannot be judged; read it: ${a} -> ${b}`,
  ];
  const made = (a: string) => policy({ validations: [check(a, "no a"), check("b")], variables: [{ name: "v", expression: a }] });
  expect(between(admissionPolicy, made("x"), made("y"))).toEqual(what("x", "y"));
  expect(between(admissionPolicy, made("y"), made("x"))).toEqual(what("y", "x"));
});

test("a policy that goes refuses nothing more; a new one may refuse", () => {
  expect(between(admissionPolicy, policy(), undefined)).toEqual(["widens: is gone: 2 validations no longer refuse requests"]);
  expect(between(admissionPolicy, undefined, policy())).toEqual(["narrows: is new: 2 validations may now refuse requests"]);
});

test("another order, another message, and what a wildcard takes in are nothing", () => {
  expect(between(admissionPolicy, policy(), policy({ validations: [check("b"), check("a", "never a")] }))).toEqual([]);
  const all = { apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*/*"] };
  expect(between(admissionPolicy, policy({ matchConstraints: rules(all) }), policy({ matchConstraints: rules(pods, all) }))).toEqual([]);
});
