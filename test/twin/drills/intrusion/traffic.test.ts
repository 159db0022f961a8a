import { mayTalk, selects, type PodEnd } from "../../../../lib/twin/drills/intrusion/traffic";

const https = { port: 443, protocol: "TCP" } as const;
const pod = (namespace: string, labels: PodEnd["labels"] = {}): PodEnd => ({ namespace, namespaceLabels: { name: namespace }, labels });
const policy = (namespace: string, spec: object) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "one", namespace },
  spec: JSON.parse(JSON.stringify(spec)) as Record<string, never>,
});

test.each([
  [{}, {}, true],
  [{ matchLabels: { a: "1" } }, { a: "1", b: "2" }, true],
  [{ matchLabels: { a: "1" } }, { a: "2" }, false],
  [{ matchExpressions: [{ key: "a", operator: "In", values: ["1", "2"] }] }, { a: "2" }, true],
  [{ matchExpressions: [{ key: "a", operator: "NotIn", values: ["1"] }] }, {}, true],
  [{ matchExpressions: [{ key: "a", operator: "NotIn", values: ["1"] }] }, { a: "1" }, false],
  [{ matchExpressions: [{ key: "a", operator: "Exists" }] }, {}, false],
  [{ matchExpressions: [{ key: "a", operator: "DoesNotExist" }] }, {}, true],
  [{ matchExpressions: [{ key: "a", operator: "DoesNotExist" }] }, { a: "1" }, false],
])("%j selects %j: %s", (selector, labels, expected) => {
  expect(selects(selector, labels as PodEnd["labels"])).toBe(expected);
});

test("without a policy everything talks; a policy that selects a pod closes what no rule opens", () => {
  expect(mayTalk([], pod("a"), pod("b"), https)).toBe(true);
  const closed = policy("b", { podSelector: {}, policyTypes: ["Ingress"] });
  expect(mayTalk([closed], pod("a"), pod("b"), https)).toBe(false);
  expect(mayTalk([closed], pod("b"), pod("a"), https)).toBe(true);
  expect(mayTalk([closed], pod("b"), { address: "192.0.2.1" }, https)).toBe(true);
});

test("both sides must be open, and policies add up", () => {
  const out = policy("a", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ to: [{ namespaceSelector: { matchLabels: { name: "b" } } }] }],
  });
  const none = policy("b", { podSelector: {}, policyTypes: ["Ingress"] });
  const some = policy("b", {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: "x" } } }] }],
  });
  expect(mayTalk([out, none], pod("a"), pod("b"), https)).toBe(false);
  expect(mayTalk([out, none, some], pod("a"), pod("b"), https)).toBe(false);
  expect(mayTalk([out, none, some], pod("a", { app: "x" }), pod("b"), https)).toBe(true);
  expect(mayTalk([out], pod("a"), pod("c"), https)).toBe(false);
});

test("a pod selector alone means the policy's own namespace, and an address means no pod", () => {
  const own = policy("b", { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }] }] });
  expect(mayTalk([own], pod("b"), pod("b"), https)).toBe(true);
  expect(mayTalk([own], pod("a"), pod("b"), https)).toBe(false);
  const world = policy("b", {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }],
  });
  expect(mayTalk([world], pod("a"), pod("b"), https)).toBe(false);
  expect(mayTalk([world], { address: "192.0.2.1" }, pod("b"), https)).toBe(true);
  expect(mayTalk([world], { address: "10.1.2.3" }, pod("b"), https)).toBe(false);
});

test("a rule with ports opens these", () => {
  const dns = policy("a", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ ports: [{ port: "53", protocol: "UDP" }, { port: 443 }] }],
  });
  expect(mayTalk([dns], pod("a"), pod("b"), { port: 53, protocol: "UDP" })).toBe(true);
  expect(mayTalk([dns], pod("a"), pod("b"), { port: 53, protocol: "TCP" })).toBe(false);
  expect(mayTalk([dns], pod("a"), pod("b"), https)).toBe(true);
});
