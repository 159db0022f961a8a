/** The change in one line. */
import { several } from "../allocation/words";
import { actions, type Comparison } from "./change";
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

/** `2 stacks of 5 change (1 to create, 1 to update)`. */
function changed({ changes, unchanged }: Comparison): string {
  const touched = new Set(changes.map(({ stack }) => stack)).size;
  const counts = actions
    .map((action) => ({ action, count: changes.filter((change) => change.action === action).length }))
    .filter(({ count }) => count > 0)
    .map(({ action, count }) => `${String(count)} to ${action}`);
  return `${several(touched, "stack")} of ${String(touched + unchanged)} ${touched === 1 ? "changes" : "change"} (${counts.join(", ")})`;
}

/** ` in 4 stacks`. */
const where = ({ unchanged }: Comparison): string => (unchanged > 0 ? ` in ${several(unchanged, "stack")}` : "");

/** What changes though no object does: `, but the books and 1 switch plan do`. */
function beside({ books, switchPlans }: Pick<Judged, "books" | "switchPlans">): string {
  const plans = switchPlans.length > 0 ? [several(switchPlans.length, "switch plan")] : [];
  if (books) return `, but ${["the books", ...plans].join(" and ")} do`;
  return plans.map((text) => `, but ${text} ${switchPlans.length === 1 ? "does" : "do"}`).join("");
}

/** Risks first, then who may do more, then how much changes. */
export function verdictOf({ comparison, stale, risk, security, deficits, books, switchPlans }: Judged): string {
  const changes = comparison.changes.length > 0;
  const access = (
    [
      ["WIDENS", "widens"],
      ["narrows", "narrows"],
    ] as const
  ).flatMap(([word, toward]) => {
    const count = security.filter(({ direction }) => direction === toward).length;
    return count > 0 ? [`${word} in ${several(count, "place")}`] : [];
  });
  const found = [
    ...(risk.length > 0 ? [`RISK: ${countsByRule(risk)}`] : changes ? ["no risk found"] : []),
    ...(deficits > 0 ? [several(deficits, "new DEFICIT", "new DEFICITS")] : []),
    ...(access.length > 0 ? [`access ${access.join(", ")}`] : []),
  ];
  const others = beside({ books, switchPlans });
  const isAll = found.length + stale.length === 0 && others === "";
  const still = isAll ? `nothing differs${where(comparison)}` : `no object changes${where(comparison)}${others}`;
  const sentence = [...found, changes ? changed(comparison) : still].join("; ");
  return `${notAllocated(stale)}${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
