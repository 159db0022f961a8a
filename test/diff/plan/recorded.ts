/** The recorded plans (fixtures/README.md), read; and what is said of them, short enough to be compared whole. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ObjectChange } from "../../../lib/diff/change";
import type { PlanResource } from "../../../lib/diff/plan/planFile";
import { readPlans, type PlanReading } from "../../../lib/diff/plan/plans";

/** The text of a recorded plan: `grown-quota/gap.thr1`. */
export function recordedText(name: string): string {
  return readFileSync(join(__dirname, "fixtures", `${name}.json`), "utf8");
}

/** Recorded plans, read together. */
export function recorded(...names: readonly string[]): PlanReading {
  return readPlans(names.map((name) => ({ file: `${name}.json`, text: recordedText(name) })));
}

/** A change without its sides. */
export const brief = ({ action, address, attributes, replacedBy }: ObjectChange): object => ({
  action,
  address,
  ...(attributes.length > 0 && { attributes }),
  ...(replacedBy && { replacedBy }),
});

/** What stands in the notes of every report of plans that change something. */
export const noGuards =
  "A plan does not hold prevent_destroy: whether an object is guarded is told by the annotation kustomize.toolkit.fluxcd.io/prune, which this toolkit sets together with it.";

/** The changes of a recorded plan. */
export const changes = (name: string): object[] => recorded(name).comparison.changes.map(brief);

/** A recorded plan with something else in it, as another Terraform would write it. */
export function altered(name: string, alter: (plan: { resource_changes: [PlanResource] } & Record<string, unknown>) => void): PlanReading {
  const plan = JSON.parse(recordedText(name)) as { resource_changes: [PlanResource] };
  alter(plan);
  return readPlans([{ file: "gap.thr1.json", text: JSON.stringify(plan) }]);
}
