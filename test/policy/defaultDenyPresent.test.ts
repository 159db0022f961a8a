import { defaultDenyPresent } from "../../lib/policy/defaultDenyPresent";
import { breaches, namespace, placed } from "./tree";

const deny = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const missing =
  "messenger-gap: metadata.name: the namespace messenger-gap has no NetworkPolicy that denies all traffic; add one with an empty podSelector, the policyTypes Ingress and Egress, and no rules";

test("a messenger's namespace with a policy that denies all passes; so does one without pods of a messenger", () => {
  expect(breaches(defaultDenyPresent, namespace(), placed("NetworkPolicy", { spec: deny }))).toEqual([]);
  expect(breaches(defaultDenyPresent, placed("Namespace", {}, { namespace: "" }))).toEqual([]);
});

test.each([
  ["is in another namespace", { ...deny }, { namespace: "messenger-soroush" }],
  ["is at another site", { ...deny }, { stack: "gap.mhd1" }],
  ["selects some pods", { ...deny, podSelector: { matchLabels: { app: "gateway" } } }, {}],
  ["denies one direction", { ...deny, policyTypes: ["Ingress"] }, {}],
  ["allows something", { ...deny, ingress: [{}] }, {}],
])("a policy that %s is no default deny", (_, spec, place) => {
  expect(breaches(defaultDenyPresent, namespace(), placed("NetworkPolicy", { spec }, place))).toEqual([missing]);
});
