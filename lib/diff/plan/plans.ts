/** Saved plans as the report takes them: what an apply of each would do, and, apart from it, what was changed outside. */
import { byCodeUnit, objects, valueAt } from "../../manifests/apiObject";
import { InputError, type Problem } from "../../request/problem";
import type { Comparison, ObjectChange, SideObject, StackObjects } from "../change";
import { bySiteFirst } from "../compare";
import { driftOf, type Drift } from "./drift";
import { genericNote, plannedOf } from "./planned";
import { parsePlan, type Plan } from "./planFile";
import { siteOfStack, stackOfPlan } from "./stackName";

/** A file with what `terraform show -json` wrote. */
export interface PlanText {
  /** Its path, as the user names it. */
  readonly file: string;
  readonly text: string;
}

/** What plans say. */
export interface PlanReading {
  readonly comparison: Comparison;
  /** By stack as the changes; what the plan takes back before what it leaves. */
  readonly drift: readonly Drift[];
  /** What a reviewer must know besides: a plan that is not whole, moves, imports, and what a plan cannot say. */
  readonly notes: readonly string[];
}

interface StackReading {
  readonly stack: string;
  readonly isNew: boolean;
  readonly changes: readonly ObjectChange[];
  /** Whether the plan is about all of the stack. */
  readonly isWhole: boolean;
  /** All that the plan knows of the stack's objects, changed or not. */
  readonly before: StackObjects;
  readonly after: StackObjects;
  readonly drift: readonly Drift[];
  readonly notes: readonly string[];
}

const noGuards =
  "A plan does not hold prevent_destroy: whether an object is guarded is told by the annotation kustomize.toolkit.fluxcd.io/prune, which this toolkit sets together with it.";

function wholeness(plan: Plan): string[] {
  const deferred = plan.deferred_changes.map(({ reason, resource_change: { address } }) => `${address} (${reason})`);
  const changes = plan.resource_changes.some(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op");
  return [
    ...(plan.errored
      ? ["Terraform met errors while it planned: what follows is a part of the plan, and cannot be applied; mend them and plan again"]
      : []),
    ...(!plan.errored && !plan.complete ? ["the plan is a part only, by -target or deferral: after it there is more to apply"] : []),
    ...(deferred.length > 0 ? [`put off to a later plan: ${deferred.join(", ")}`] : []),
    ...(changes && !plan.applyable && !plan.errored ? ["Terraform says that this plan cannot be applied"] : []),
  ];
}

/** A manifest that others changed is not simply taken back: Terraform applies as one field manager among others. */
function conflictNote(drift: readonly Drift[]): string[] {
  const fought = drift.filter(
    ({ address, action, reverted }) => reverted && action === "update" && address.includes("kubernetes_manifest."),
  );
  if (fought.length === 0) return [];
  const addresses = fought.map(({ address }) => address).join(", ");
  return [
    `where a field of a kubernetes_manifest was changed by another field manager, such as kubectl, the apply ends with a conflict unless field_manager.force_conflicts is set: ${addresses}`,
  ];
}

const byAddress = (a: ObjectChange, b: ObjectChange): number => byCodeUnit(a.address, b.address);

const byAddressOf = (sides: readonly (SideObject | undefined)[]): StackObjects =>
  new Map(sides.flatMap((side): [string, SideObject][] => (side ? [[side.address, side]] : [])));

function readStack(stack: string, plan: Plan): StackReading {
  const site = siteOfStack(stack);
  const planned = plan.resource_changes.filter(({ mode }) => mode === "managed").map((resource) => plannedOf(stack, site, resource));
  const changes = planned.flatMap(({ change }) => change ?? []).sort(byAddress);
  const at = new Map(changes.map((change) => [change.address, change]));
  const drift = plan.resource_drift
    .filter(({ mode }) => mode === "managed")
    .flatMap((resource) => driftOf(stack, site, resource, at.get(resource.address)))
    .sort((a, b) => Number(b.reverted) - Number(a.reverted) || byAddress(a, b));
  const notes = [
    ...wholeness(plan),
    ...planned.flatMap((each) => each.notes),
    ...conflictNote(drift),
    ...genericNote(planned.flatMap(({ generic }) => generic ?? [])),
  ];
  const root = plan.prior_state?.values;
  const had = ["resources", "child_modules"].some((part) => objects(valueAt(root, "root_module", part)).length > 0);
  const isNew = !had && changes.some(({ action }) => action === "create");
  const [before, after] = [byAddressOf(planned.map((each) => each.before)), byAddressOf(planned.map((each) => each.after))];
  const isWhole = plan.complete && !plan.errored;
  return { stack, isNew, isWhole, changes, before, after, drift, notes: notes.map((note) => `${stack}: ${note}`) };
}

function stackReading({ file, text }: PlanText): StackReading {
  const stack = stackOfPlan(file);
  if (stack === undefined)
    throw new InputError([
      {
        message: `${file}: a plan does not say which stack it is of; name the file after the stack, such as soroush.thr1.plan.json, or its folder, such as stacks/soroush.thr1/plan.json`,
      },
    ]);
  return readStack(stack, parsePlan(file, text));
}

/**
 * Reads plans, one a stack.
 * @throws InputError with every file that is no plan, or whose stack cannot be told
 */
export function readPlans(files: readonly PlanText[]): PlanReading {
  const problems: Problem[] = [];
  const read = new Map<string, StackReading & { readonly file: string }>();
  for (const each of files) {
    try {
      const reading = stackReading(each);
      const other = read.get(reading.stack);
      if (other) problems.push({ message: `${other.file} and ${each.file} are both plans of ${reading.stack}; give one plan a stack` });
      read.set(reading.stack, { ...reading, file: each.file });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  const readings = [...read.values()].sort((a, b) => bySiteFirst(a.stack, b.stack));
  const changes = readings.flatMap((each) => each.changes);
  const side = (name: "before" | "after"): Map<string, StackObjects> =>
    new Map(readings.filter(({ isWhole }) => isWhole).map((each) => [each.stack, each[name]]));
  return {
    comparison: {
      changes,
      stacks: { added: readings.filter(({ isNew }) => isNew).map(({ stack }) => stack), removed: [] },
      unchanged: readings.filter((each) => each.changes.length === 0).length,
      // Stacks without a plan are not known.
      sides: { before: side("before"), after: side("after"), areAll: false },
    },
    drift: readings.flatMap((each) => each.drift),
    notes: [...(changes.length > 0 ? [noGuards] : []), ...readings.flatMap((each) => each.notes)],
  };
}
