import { podSecurityDeclared } from "../../lib/policy/podSecurityDeclared";
import { breaches, namespace, placed } from "./tree";

const levels = (enforce: string) => ({
  "pod-security.kubernetes.io/enforce": enforce,
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/warn": "restricted",
});

test("a namespace that declares its levels passes", () => {
  const shared = placed("Namespace", { metadata: { labels: levels("baseline") } }, { namespace: "" });
  expect(breaches(podSecurityDeclared, namespace(levels("restricted")), shared)).toEqual([]);
});

test("a label that is missing or too weak is found", () => {
  expect(breaches(podSecurityDeclared, namespace({ ...levels("baseline"), "pod-security.kubernetes.io/warn": "none" }))).toEqual([
    'messenger-gap: metadata.labels["pod-security.kubernetes.io/enforce"]: is "baseline"; set it to restricted',
    'messenger-gap: metadata.labels["pod-security.kubernetes.io/warn"]: is "none"; set it to restricted',
  ]);
  expect(breaches(podSecurityDeclared, placed("Namespace", {}, { namespace: "" }))).toEqual(
    ["enforce", "audit", "warn"].map(
      (mode) => `a: metadata.labels["pod-security.kubernetes.io/${mode}"]: is not set; set it to privileged or baseline or restricted`,
    ),
  );
});
