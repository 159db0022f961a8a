import { admissionBinding } from "../../../lib/diff/security/admissionBinding";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, clusterWide } from "./compared";

const binding = (spec: JsonObject = {}) =>
  clusterWide("ValidatingAdmissionPolicyBinding", { spec: { policyName: "pods", validationActions: ["Deny"], ...spec } });
const parameter = (fields: JsonObject) => ({ paramRef: { name: "p", parameterNotFoundAction: "Deny", ...fields } });

test.each<[string, JsonObject, JsonObject, string, string]>([
  ["Deny", {}, { validationActions: ["Warn"] }, "loses the action Deny: what it denied now passes", "has the action Deny now"],
  ["Audit", { validationActions: ["Deny", "Audit"] }, {}, "loses the action Audit: nothing is written down", "has the action Audit now"],
  ["its policy", {}, { policyName: "other" }, "no longer enforces the policy pods but other", "enforces the policy pods now, not other"],
  [
    "its parameter",
    parameter({}),
    parameter({ parameterNotFoundAction: "Allow" }),
    "lets requests pass where its parameter is missing, which it denied",
    "denies requests where its parameter is missing, which it let pass",
  ],
  [
    "a namespaceSelector",
    {},
    { matchResources: { namespaceSelector: { matchLabels: { a: "b" } } } },
    "judges fewer namespaces than before: every namespace -> namespaces with a=b",
    "judges fewer namespaces before than now: namespaces with a=b -> every namespace",
  ],
  [
    "rules where none were",
    {},
    { matchResources: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }] } },
    "no longer judges every operation on everything in every API group",
    "judges now every operation on everything in every API group",
  ],
])("%s loosens it, and back it tightens", (_, tight, loose, widens, narrows) => {
  expect(between(admissionBinding, binding(tight), binding(loose))).toContain(`widens: ${widens}`);
  expect(between(admissionBinding, binding(loose), binding(tight))).toContain(`narrows: ${narrows}`);
});

test("a binding that goes enforces nothing more", () => {
  expect(between(admissionBinding, binding(), undefined)).toEqual(["widens: is gone: the policy pods is no longer enforced by it"]);
  expect(between(admissionBinding, undefined, binding())).toEqual(["narrows: is new: the policy pods is enforced by it"]);
});

test("another parameter cannot be judged; the same in another order is nothing", () => {
  expect(between(admissionBinding, binding(parameter({})), binding(parameter({ name: "q" })))).toEqual([
    'widens: paramRef changed, which cannot be judged; read it: {"name":"p","parameterNotFoundAction":"Deny"} -> {"name":"q","parameterNotFoundAction":"Deny"}',
  ]);
  const actions = (...validationActions: string[]) => binding({ validationActions });
  expect(between(admissionBinding, actions("Deny", "Audit"), actions("Audit", "Deny"))).toEqual([]);
});
