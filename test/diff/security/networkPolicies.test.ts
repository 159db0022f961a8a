/** What the rules say of the policies of a namespace together. */
import type { SideObject } from "../../../lib/diff/change";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { comparedSides, sideObject } from "../sides";
import { between, lines, namespace, policy } from "./policies";

const web = { podSelector: { matchLabels: { app: "web" } } };
const front = { podSelector: { matchLabels: { tier: "front" } } };
const out = { egress: [{ to: [{ ipBlock: { cidr: "192.0.2.0/24" } }], ports: [{ port: 443 }] }] };
const deny = policy("default-deny", { policyTypes: ["Ingress", "Egress"] });

test("an allowance that goes narrows where the default deny stays, and one that comes widens", () => {
  const allow = policy("out", { policyTypes: ["Egress"], ...out });
  expect(between([deny, allow], [deny])).toEqual([
    "narrows NetworkPolicy messenger-gap/out: is gone: every pod in messenger-gap may no longer go to 192.0.2.0/24 on TCP 443",
  ]);
  expect(between([deny], [deny, allow])).toEqual([
    "widens NetworkPolicy messenger-gap/out: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
});

test("the first policy of open pods only narrows, and the last one that goes only widens", () => {
  const only = policy("out", { policyTypes: ["Egress"], ...out });
  expect(between([], [only])).toEqual([
    "narrows NetworkPolicy messenger-gap/out: is new: it isolates every pod in messenger-gap for Egress: only what a policy lets through passes",
  ]);
  expect(between([only], [])).toEqual([
    "widens NetworkPolicy messenger-gap/out: is gone: it no longer isolates every pod in messenger-gap for Egress: where no other policy does, they may go anywhere",
  ]);
});

test("another name is nothing, nor is another stack of the site", () => {
  expect(between([deny, policy("out", out)], [policy("deny", { policyTypes: ["Ingress", "Egress"] }), policy("way-out", out)])).toEqual([]);
  expect(between([policy("out", out)], [policy("way-out", out, "site.thr1")])).toEqual([]);
});

test("a rule that goes from one policy to another is nothing; for fewer pods it narrows, for more it widens", () => {
  const [a, b] = [policy("a", { policyTypes: ["Egress"] }), policy("b", { policyTypes: ["Egress"] })];
  const [aOut, bOut] = [policy("a", { policyTypes: ["Egress"], ...out }), policy("b", { policyTypes: ["Egress"], ...out })];
  const ofWeb = policy("b", { policyTypes: ["Egress"], ...out, ...web });
  expect(between([aOut, b], [a, bOut])).toEqual([]);
  expect(between([aOut], [a, ofWeb])).toEqual([
    "narrows NetworkPolicy messenger-gap/a: every pod in messenger-gap may no longer go to 192.0.2.0/24 on TCP 443 (now: pods with app=web in messenger-gap)",
  ]);
  expect(between([a, ofWeb], [aOut])).toEqual([
    "widens NetworkPolicy messenger-gap/a: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443 (before: pods with app=web in messenger-gap)",
  ]);
});

test("a default deny that goes is nothing where another policy isolates the same pods, and widens where none does for a way or a pod", () => {
  const inwards = policy("inwards", { policyTypes: ["Ingress"] });
  const outwards = policy("outwards", { policyTypes: ["Egress"] });
  const widens = (pods: string, way: string, open: string): string =>
    `widens NetworkPolicy messenger-gap/default-deny: is gone: it no longer isolates ${pods} in messenger-gap for ${way} (the default deny): where no other policy does, ${open}`;
  expect(between([deny, inwards, outwards], [inwards, outwards])).toEqual([]);
  expect(between([deny, inwards], [inwards])).toEqual([widens("every pod", "Egress", "they may go anywhere")]);
  expect(between([deny, outwards], [outwards, policy("web", { ...web, policyTypes: ["Ingress"] })])).toEqual([
    widens("pods with app not in (web)", "Ingress", "anybody may reach them"),
  ]);
});

test("a selector that covers is empty, equal or wider; of one that may not, the pods that it leaves out are told", () => {
  const ofWeb = policy("a", { ...web, policyTypes: ["Ingress"] });
  const isolating = (matchLabels: JsonObject): SideObject => policy("b", { podSelector: { matchLabels }, policyTypes: ["Ingress"] });
  const both = policy("a", { podSelector: { matchLabels: { app: "web", tier: "front" } }, policyTypes: ["Ingress"] });
  const widens = (found: readonly string[]): string[] => found.filter((line) => line.startsWith("widens"));
  expect(widens(between([ofWeb], [isolating({})]))).toEqual([]);
  expect(widens(between([ofWeb], [isolating({ app: "web" })]))).toEqual([]);
  expect(widens(between([both], [isolating({ app: "web" })]))).toEqual([]);
  expect(between([ofWeb], [policy("b", { ...front, policyTypes: ["Ingress"] })])).toEqual([
    "widens NetworkPolicy messenger-gap/a: is gone: it no longer isolates pods with app=web, tier not in (front) in messenger-gap for Ingress: where no other policy does, anybody may reach them",
    "narrows NetworkPolicy messenger-gap/b: is new: it isolates pods with app not in (web), tier=front in messenger-gap for Ingress: only what a policy lets through passes",
  ]);
});

test("of pods that are half isolated, what comes widens for those that were", () => {
  const narrow = policy("web", { ...web, policyTypes: ["Egress"] });
  expect(between([narrow], [narrow, policy("out", { policyTypes: ["Egress"], ...out })])).toEqual([
    "narrows NetworkPolicy messenger-gap/out: is new: it isolates pods with app not in (web) in messenger-gap for Egress: only what a policy lets through passes",
    "widens NetworkPolicy messenger-gap/out: is new: pods with app=web in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
});

test("policies of other namespaces and other sites are none of it", () => {
  const elsewhere = sideObject("NetworkPolicy", { spec: deny.object.spec ?? {} }, { namespace: "messenger-bale", stack: "site.thr1" });
  const afar = policy("default-deny", { policyTypes: ["Ingress", "Egress"] }, "gap.mhd1");
  expect(between([deny, elsewhere, afar], [elsewhere, afar])).toHaveLength(1);
});

test("where the stack that makes the namespace is not seen, others may isolate its pods: what comes widens", () => {
  const extra = policy("extra", { policyTypes: ["Egress"], ...out }, "site.thr1");
  expect(lines(comparedSides([], [extra], ["site.thr1"]))).toEqual([
    expect.stringMatching(/^narrows .* it isolates every pod/) as string,
    "widens NetworkPolicy messenger-gap/extra: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
});

test("where a stack that is the same on both sides is not seen, it may isolate the pods: what comes widens", () => {
  const open = policy("open", { policyTypes: ["Egress"], ...out });
  const { sides, ...rest } = comparedSides([namespace], [namespace, open]);
  if (!sides) throw new Error("no sides");
  expect(lines({ ...rest, sides })).toHaveLength(1);
  expect(lines({ ...rest, sides: { ...sides, areAll: false } })).toContain(
    "widens NetworkPolicy messenger-gap/open: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  );
});

test("what is not known before the apply is not relied on", () => {
  const later = "(known after apply)";
  const denied = (spec: JsonObject): string[] => between([deny], [policy("default-deny", { policyTypes: ["Ingress", "Egress"], ...spec })]);
  const open = expect.stringMatching(/^widens .*(no longer isolates|leaves out)/) as string;
  for (const podSelector of [later, { matchLabels: later }, { matchExpressions: later }, { matchExpressions: [later] }])
    expect(denied({ podSelector })).toContainEqual(open);
  expect(denied({ policyTypes: later })).toContainEqual(open);
  for (const ingress of [later, [later], [{ from: later }]])
    expect(denied({ ingress })).toContain(
      "widens NetworkPolicy messenger-gap/default-deny: every pod in messenger-gap may now be reached from ANYWHERE on every port",
    );
});

test("many parts of the pods are told as one", () => {
  const isolating = (count: number): SideObject[] =>
    Array.from({ length: count }, (_, index) =>
      policy(`p${String(index)}`, { podSelector: { matchLabels: { app: `a${String(index)}` } }, policyTypes: ["Egress"] }),
    );
  const widening = (count: number): string[] =>
    between(isolating(count), [...isolating(count), policy("out", { policyTypes: ["Egress"], ...out })]).filter((line) =>
      line.startsWith("widens"),
    );
  expect(widening(2)).toEqual([
    "widens NetworkPolicy messenger-gap/out: is new: pods with app=a0 and pods with app=a1 in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
  expect(widening(40)).toEqual([
    "widens NetworkPolicy messenger-gap/out: is new: every pod in messenger-gap may now go to 192.0.2.0/24 on TCP 443",
  ]);
});

test("a policy of a plan that is not whole counts where it changes", () => {
  const after = policy("deny", { policyTypes: ["Ingress", "Egress"] }, "site.thr1");
  const { changes, ...rest } = comparedSides([namespace, deny], [namespace]);
  const { stack, site, address } = after;
  const created = { stack, site, address, action: "create" as const, after, attributes: [] };
  expect(lines({ ...rest, changes: [...changes, created] })).toEqual([]);
});
