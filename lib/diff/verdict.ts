/** The change in one line. */
import { several } from "../allocation/words";
import type { Comparison } from "./change";
import type { Finding, SecurityFinding } from "./rule";

/** What a verdict is made from. */
export interface Judged {
  readonly comparison: Comparison;
  /** Messengers whose change is not allocated yet. */
  readonly stale: readonly string[];
  readonly risk: readonly Finding[];
  readonly security: readonly SecurityFinding[];
  /** How many laws fail on the head that held on the base. */
  readonly deficits: number;
  /** Whether grants or the capacity differ, though no object may. */
  readonly books: boolean;
  /** What changes in switch plans beside that. */
  readonly switchPlans: readonly unknown[];
}

/** `host-wiped 3, quota-lost 1`. */
export function countsByRule(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => `${rule} ${String(count)}`).join(", ");
}

function notAllocated(stale: readonly string[]): string {
  if (stale.length === 0) return "";
  return `NOT ALLOCATED: ${stale.length > 3 ? several(stale.length, "messenger") : stale.join(", ")}. `;
}

/** Risks first, then who may do more, then how much changes. */
export function verdictOf({ comparison: { changes, unchanged }, stale, risk, security, deficits, books, switchPlans }: Judged): string {
  const widens = security.filter(({ direction }) => direction === "widens").length;
  const narrows = security.length - widens;
  const pending = notAllocated(stale);
  const broken = deficits > 0 ? [several(deficits, "new DEFICIT")] : [];
  if (changes.length === 0 && risk.length + security.length === 0) {
    if (books) return `${pending}${[...broken, `No object changes in ${several(unchanged, "stack")}; the books do`].join("; ")}.`;
    if (switchPlans.length > 0)
      return `${pending}No object changes in ${several(unchanged, "stack")}; ${several(switchPlans.length, "switch plan")} ${switchPlans.length === 1 ? "does" : "do"}.`;
    return `${pending}${pending === "" ? "Nothing" : "No object"} differs in ${several(unchanged, "stack")}.`;
  }
  const touched = new Set(changes.map(({ stack }) => stack)).size;
  const counts = (["create", "update", "replace", "destroy"] as const)
    .map((action) => ({ action, count: changes.filter((change) => change.action === action).length }))
    .filter(({ count }) => count > 0)
    .map(({ action, count }) => `${String(count)} to ${action}`);
  const parts = [
    risk.length > 0 ? `RISK: ${countsByRule(risk)}` : "No risk found",
    ...broken,
    ...(widens > 0 ? [`access WIDENS in ${several(widens, "place")}`] : []),
    ...(narrows > 0 ? [`narrows in ${several(narrows, "place")}`] : []),
    `${several(touched, "stack")} of ${String(touched + unchanged)} ${touched === 1 ? "changes" : "change"} (${counts.join(", ")})`,
  ];
  return `${pending}${parts.join("; ")}.`;
}
