import { defaultDeny } from "../../../lib/diff/security/defaultDeny";
import type { SideObject } from "../../../lib/diff/change";
import { comparedSides } from "../sides";
import { said } from "./compared";
import { namespace, policy } from "./policies";

const between = (before: readonly SideObject[], after: readonly SideObject[]): string[] =>
  said(defaultDeny, comparedSides([namespace, ...before], [namespace, ...after]));

const both = { policyTypes: ["Ingress", "Egress"] };
const deny = policy("default-deny", both);
const within = policy("within", { ...both, ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] });
const out = policy("out", { policyTypes: ["Egress"], egress: [{}] });

test("one that goes while others isolate the same pods widens; one that comes narrows", () => {
  expect(between([deny, within], [within])).toEqual([
    "widens NetworkPolicy messenger-gap/default-deny: is gone: the default deny for Ingress and Egress goes; every pod in messenger-gap stays isolated only by policies that let something through",
  ]);
  expect(between([within], [deny, within])).toEqual([
    "narrows NetworkPolicy messenger-gap/default-deny: is new: the default deny for Ingress and Egress comes; every pod in messenger-gap stays isolated, whatever other policies go",
  ]);
});

test("one that lets something through from now on is none for that way", () => {
  const open = policy("default-deny", { ...both, egress: [{}] });
  expect(between([deny, within], [open, within])).toEqual([
    "widens NetworkPolicy messenger-gap/default-deny: the default deny for Egress goes; every pod in messenger-gap stays isolated only by policies that let something through",
  ]);
});

test("another name is nothing, and a way that nobody isolates any more is told as that alone", () => {
  expect(between([deny, within], [policy("deny", both), within])).toEqual([]);
  expect(between([deny, out], [out])).toEqual([expect.stringContaining("the default deny for Egress goes") as string]);
  expect(between([deny], [])).toEqual([]);
});
