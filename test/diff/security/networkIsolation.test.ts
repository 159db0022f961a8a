import { networkIsolation } from "../../../lib/diff/security/networkIsolation";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, object } from "./compared";

const policy = (spec: JsonObject) => object("NetworkPolicy", { spec: { podSelector: {}, ...spec } });
const deny = policy({ policyTypes: ["Ingress", "Egress"] });
const web = { matchLabels: { app: "web" } };

test("a default deny that goes opens everything; one that comes closes it", () => {
  expect(between(networkIsolation, deny, undefined)).toEqual([
    "widens: is gone: it no longer isolates every pod in messenger-gap for Ingress and Egress (the default deny): where no other policy does, anybody may reach them and they may go anywhere",
  ]);
  expect(between(networkIsolation, undefined, deny)).toEqual([
    "narrows: is new: it isolates every pod in messenger-gap for Ingress and Egress (the default deny): only what a policy lets through passes",
  ]);
});

test("policyTypes that lose Egress open the way out, and the other way round", () => {
  expect(between(networkIsolation, deny, policy({ policyTypes: ["Ingress"] }))).toEqual([
    "widens: it no longer isolates every pod in messenger-gap for Egress (the default deny): where no other policy does, they may go anywhere",
  ]);
  expect(between(networkIsolation, policy({ policyTypes: ["Egress"] }), deny)).toEqual([
    "narrows: it isolates every pod in messenger-gap for Ingress (the default deny): only what a policy lets through passes",
  ]);
});

test("without policyTypes a policy isolates inwards, and outwards where it has a rule for that", () => {
  expect(between(networkIsolation, policy({ policyTypes: ["Ingress"] }), policy({}))).toEqual([]);
  expect(between(networkIsolation, deny, policy({ egress: [{}] }))).toEqual([]);
  expect(between(networkIsolation, deny, policy({}))).toHaveLength(1);
});

test("a selector that selects fewer pods leaves the others open", () => {
  const narrow = policy({ podSelector: web, policyTypes: ["Ingress"] });
  const wide = policy({ policyTypes: ["Ingress"] });
  expect(between(networkIsolation, wide, narrow)).toEqual([
    "widens: isolates other pods for Ingress: every pod -> pods with app=web; of those that it leaves out, where no other policy isolates them: anybody may reach them",
  ]);
  expect(between(networkIsolation, narrow, wide)).toEqual([
    "narrows: isolates other pods for Ingress: pods with app=web -> every pod; for those that it takes in, only what a policy lets through passes",
  ]);
  const other = policy({ podSelector: { matchLabels: { app: "db" } }, policyTypes: ["Ingress"] });
  expect(between(networkIsolation, narrow, other).map((line) => line.split(":")[0])).toEqual(["widens", "narrows"]);
});

test("the same selector in other words is nothing, nor is another order, nor a policy of a whole new stack", () => {
  const words = policy({
    podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["web"] }] },
    policyTypes: ["Egress", "Ingress"],
  });
  expect(between(networkIsolation, policy({ podSelector: web, policyTypes: ["Ingress", "Egress"] }), words)).toEqual([]);
  expect(between(networkIsolation, deny, undefined, { removed: ["gap.thr1"] })).toEqual([]);
});
