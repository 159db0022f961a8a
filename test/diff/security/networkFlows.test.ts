import { networkFlows } from "../../../lib/diff/security/networkFlows";
import type { Json, JsonObject } from "../../../lib/manifests/apiObject";
import { between, object } from "./compared";

const policy = (spec: JsonObject) => object("NetworkPolicy", { spec: { podSelector: {}, ...spec } });
const ingress = (...rules: JsonObject[]) => policy({ policyTypes: ["Ingress"], ingress: rules });
const egress = (...rules: JsonObject[]) => policy({ policyTypes: ["Egress"], egress: rules });
const block = (cidr: string, ...except: string[]): JsonObject => ({ ipBlock: { cidr, ...(except.length > 0 && { except }) } });
const tcp = (port: Json, endPort?: number): JsonObject => ({ protocol: "TCP", port, ...(endPort !== undefined && { endPort }) });
const web = { podSelector: { matchLabels: { app: "web" } } };

test("a rule, a peer or a port that is added widens; taken away it narrows", () => {
  const one = ingress({ from: [web], ports: [tcp(80)] });
  const more = ingress(
    { from: [web, block("10.1.0.0/16")], ports: [tcp(80), tcp(443)] },
    { from: [block("192.0.2.7/32")], ports: [tcp("metrics")] },
  );
  expect(between(networkFlows, one, more)).toEqual([
    "widens: every pod in messenger-gap may now be reached from 10.1.0.0/16 on TCP 443, TCP 80; 192.0.2.7/32 on TCP metrics; pods with app=web of the namespace on TCP 443 (before: pods with app=web of the namespace on TCP 80)",
  ]);
  expect(between(networkFlows, more, one)).toEqual([
    expect.stringMatching(
      /^narrows: every pod in messenger-gap may no longer be reached from .* \(now: pods with app=web of the namespace on TCP 80\)$/,
    ) as string,
  ]);
});

test.each([
  ["a rule without peers", egress({ ports: [tcp(80)] }), "ANYWHERE on TCP 80"],
  ["an empty list of peers", egress({ to: [] }), "ANYWHERE on every port"],
  ["an empty rule", egress({}), "ANYWHERE on every port"],
  ["no ports", egress({ to: [web] }), "pods with app=web of the namespace on every port"],
  ["a port without a number", egress({ to: [web], ports: [{ protocol: "TCP" }] }), "pods with app=web of the namespace on every TCP port"],
])("%s is all of them", (_, wide, what) => {
  const narrow = egress({ to: [web], ports: [tcp(80)] });
  expect(between(networkFlows, narrow, wide)).toEqual([
    `widens: every pod in messenger-gap may now go to ${what} (before: pods with app=web of the namespace on TCP 80)`,
  ]);
});

test("a longer prefix narrows, a shorter one widens; the new part is named", () => {
  const [small, large] = [egress({ to: [block("10.1.0.0/16")] }), egress({ to: [block("10.0.0.0/15")] })];
  expect(between(networkFlows, small, large)).toEqual([
    "widens: every pod in messenger-gap may now go to 10.0.0.0/15 (new of it: 10.0.0.0/16) on every port (before: 10.1.0.0/16 on every port)",
  ]);
  expect(between(networkFlows, large, small)).toEqual([
    "narrows: every pod in messenger-gap may no longer go to 10.0.0.0/15 (lost of it: 10.0.0.0/16) on every port (now: 10.1.0.0/16 on every port)",
  ]);
});

test("an exception that goes widens, one that comes narrows", () => {
  const [less, more] = [
    egress({ to: [block("0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12")] }),
    egress({ to: [block("0.0.0.0/0", "10.0.0.0/8")] }),
  ];
  expect(between(networkFlows, less, more)).toEqual([
    "widens: every pod in messenger-gap may now go to 0.0.0.0/0 except 10.0.0.0/8 (new of it: 172.16.0.0/12) on every port (before: 0.0.0.0/0 except 10.0.0.0/8, 172.16.0.0/12 on every port)",
  ]);
  expect(between(networkFlows, more, less).map((line) => line.slice(0, 8))).toEqual(["narrows:"]);
});

test.each([
  ["a block in two halves", egress({ to: [block("10.0.0.0/8")] }), egress({ to: [block("10.128.0.0/9"), block("10.0.0.0/9")] })],
  [
    "exceptions in two halves",
    egress({ to: [block("0.0.0.0/0", "10.0.0.0/8")] }),
    egress({ to: [block("0.0.0.0/0", "10.128.0.0/9", "10.0.0.0/9")] }),
  ],
  [
    "ports in two halves",
    egress({ to: [web], ports: [tcp(80, 90)] }),
    egress({ to: [web], ports: [tcp(86, 90)] }, { to: [web], ports: [tcp(80, 85)] }),
  ],
  [
    "rules that are split",
    egress({ to: [web, block("10.0.0.0/8")], ports: [tcp(1)] }),
    egress({ to: [block("10.0.0.0/8")], ports: [tcp(1)] }, { to: [web], ports: [tcp(1)] }),
  ],
  ["TCP that is said or not", egress({ to: [web], ports: [{ port: 80 }] }), egress({ to: [web], ports: [tcp(80)] })],
  ["a port under all ports", egress({ to: [web] }), egress({ to: [web] }, { to: [web], ports: [tcp(80)] })],
  ["a block under anywhere", egress({}), egress({}, { to: [block("10.0.0.0/8")] })],
  [
    "one more requirement under fewer",
    egress({ to: [web] }),
    egress({ to: [web, { podSelector: { matchLabels: { app: "web", tier: "a" } } }] }),
  ],
])("%s is nothing", (_, before, after) => {
  expect(between(networkFlows, before, after)).toEqual([]);
});

test("all addresses are not anywhere: pods are reached by no block", () => {
  expect(between(networkFlows, egress({ to: [block("0.0.0.0/0")] }), egress({}))).toEqual([
    "widens: every pod in messenger-gap may now go to ANYWHERE on every port (before: 0.0.0.0/0 on every port)",
  ]);
});

test("pods of every namespace are more than those of the own one", () => {
  const everywhere = { namespaceSelector: {}, podSelector: web.podSelector };
  expect(between(networkFlows, ingress({ from: [web] }), ingress({ from: [everywhere] }))).toEqual([
    "widens: every pod in messenger-gap may now be reached from pods with app=web of every namespace on every port (before: pods with app=web of the namespace on every port)",
  ]);
  expect(between(networkFlows, ingress({ from: [everywhere] }), ingress({ from: [web] })).map((line) => line.slice(0, 8))).toEqual([
    "narrows:",
  ]);
});

test("a policy for more pods lets more pods through", () => {
  const rule = { policyTypes: ["Egress"], egress: [{ to: [block("192.0.2.0/24")] }] };
  const [few, all] = [policy({ ...rule, podSelector: web.podSelector }), policy(rule)];
  expect(between(networkFlows, few, all)).toEqual([
    "widens: every pod in messenger-gap may now go to 192.0.2.0/24 on every port (before: pods with app=web in messenger-gap)",
  ]);
  expect(between(networkFlows, all, few)).toEqual([
    "narrows: every pod in messenger-gap may no longer go to 192.0.2.0/24 on every port (now: pods with app=web in messenger-gap)",
  ]);
});

test("a new policy lets through, one that goes no longer; rules of a way that policyTypes leave out are none", () => {
  const out = egress({ to: [block("192.0.2.0/24")] });
  expect(between(networkFlows, undefined, out)).toEqual([
    "widens: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on every port",
  ]);
  expect(between(networkFlows, out, undefined)).toEqual([
    "narrows: is gone: every pod in messenger-gap may no longer go to 192.0.2.0/24 on every port",
  ]);
  expect(between(networkFlows, undefined, policy({ policyTypes: ["Ingress"], egress: [{}] }))).toEqual([]);
});

test("blocks of other families are compared as they are written", () => {
  expect(between(networkFlows, egress({ to: [block("2001:db8::/32")] }), egress({ to: [block("2001:DB8::/32")] }))).toEqual([]);
  expect(
    between(networkFlows, egress({ to: [block("2001:db8::/32")] }), egress({ to: [block("2001:db8::/31")] })).map((line) =>
      line.slice(0, 7),
    ),
  ).toEqual(["widens:", "narrows"]);
});
