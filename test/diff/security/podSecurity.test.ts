import { podSecurity } from "../../../lib/diff/security/podSecurity";
import { restricted } from "../../../lib/cluster/namespace";
import { between, clusterWide } from "./compared";

const namespace = (labels: Readonly<Record<string, string>>) => clusterWide("Namespace", { metadata: { labels } });
const enforce = (level: string, version?: string) =>
  namespace({
    ...restricted,
    "pod-security.kubernetes.io/enforce": level,
    ...(version !== undefined && { "pod-security.kubernetes.io/enforce-version": version }),
  });
const without = (...modes: string[]) =>
  namespace(Object.fromEntries(Object.entries(restricted).filter(([key]) => !modes.some((mode) => key.endsWith(`/${mode}`)))));

test.each([
  ["restricted", "baseline", "its pods may run as root and with more capabilities"],
  ["baseline", "privileged", "its pods may do anything on their node"],
  ["restricted", "privileged", "its pods may do anything on their node"],
])("%s -> %s widens, and back it narrows", (strict, mild, effect) => {
  expect(between(podSecurity, enforce(strict), enforce(mild))).toEqual([`widens: pod security enforce ${strict} -> ${mild}: ${effect}`]);
  expect(between(podSecurity, enforce(mild), enforce(strict))).toEqual([
    `narrows: pod security enforce ${mild} -> ${strict}: no longer so that ${effect}`,
  ]);
});

test("a label that goes is the cluster's default", () => {
  expect(between(podSecurity, enforce("restricted"), without("enforce"))).toEqual([
    "widens: pod security enforce restricted -> no label (the cluster's default, privileged where none is set): its pods may do anything on their node",
  ]);
});

test("an older version checks less", () => {
  const effect = "its pods are held to the checks of that version only";
  expect(between(podSecurity, enforce("restricted"), enforce("restricted", "v1.30"))).toEqual([
    `widens: pod security enforce restricted -> restricted as of v1.30: ${effect}`,
  ]);
  expect(between(podSecurity, enforce("restricted", "v1.30"), enforce("restricted", "v1.31"))).toEqual([
    `narrows: pod security enforce restricted as of v1.30 -> restricted as of v1.31: no longer so that ${effect}`,
  ]);
  expect(between(podSecurity, enforce("privileged", "v1.31"), enforce("privileged", "v1.30"))).toEqual([]);
});

test("what is only said or written down is told more softly", () => {
  expect(between(podSecurity, without(), without("warn", "audit"))).toEqual([
    "widens: pod security warn restricted -> no label (the cluster's default, privileged where none is set), audit restricted -> no label (the cluster's default, privileged where none is set): nothing is refused by this, only said or written down",
  ]);
});

test("a new namespace is told where it is not restricted, in a whole new stack too", () => {
  expect(between(podSecurity, undefined, enforce("restricted"))).toEqual([]);
  expect(between(podSecurity, enforce("restricted"), undefined)).toEqual([]);
  expect(between(podSecurity, undefined, enforce("baseline"), { added: ["gap.thr1"] })).toEqual([
    "widens: is new: pod security enforce baseline: its pods may run as root and with more capabilities",
  ]);
});
