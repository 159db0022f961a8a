/** Invented findings and rows by number, as many as a test wants, and how many characters a comment holds of them. */
import type { ChangeRow } from "../../../lib/diff/report";
import type { Finding } from "../../../lib/diff/rule";

/** No comment is longer. */
export const most = 64_000;

/** So many, each by its number. */
export const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

/** A risk in a messenger of this number. */
export const risk = (index: number, what = `is destroyed: all of messenger ${String(index)} goes too`): Finding => ({
  rule: "namespace-lost",
  stack: `m${String(index)}.thr1`,
  address: "kubernetes_namespace_v1.namespace",
  object: `Namespace messenger-m${String(index)}`,
  what: `${what} ${String(index)} `,
  why: "Deleting a namespace deletes every workload in it.",
});

/** A changed role in a messenger of this number. */
export const row = (index: number, change: Partial<ChangeRow> = {}): ChangeRow => ({
  action: "update",
  stacks: [`m${String(index)}.thr1`],
  count: 1,
  kind: "Role",
  object: `Role messenger-m${String(index)}/admin`,
  address: "kubernetes_role_v1.admin",
  attributes: [{ path: "rules[0].verbs", before: ["get"], after: ["get", "list"] }],
  causes: [],
  ...change,
});
