/** What goes with an object of a kind that others live in or by. */
import { foundAt } from "../name";
import type { Comparison, ObjectChange } from "../change";
import type { RiskRule } from "../rule";

/** How an object is lost: destroyed, or destroyed and made anew. */
type Loss = "destroyed" | "replaced";

function lossOf({ action }: ObjectChange): Loss | undefined {
  return action === "destroy" ? "destroyed" : action === "replace" ? "replaced" : undefined;
}

/** The objects of a kind that are lost. Those of a stack that is no more are that stack's loss. */
function lostOf({ changes, stacks }: Comparison, kind: string): { change: ObjectChange; loss: Loss }[] {
  const gone = new Set(stacks.removed);
  return changes.flatMap((change) => {
    const loss = lossOf(change);
    return loss && change.before?.object.kind === kind && !gone.has(change.stack) ? [{ change, loss }] : [];
  });
}

/** The rule that a kind of objects must not be lost unseen. @param what what is lost with it, after `is destroyed: ` */
export function lostRule(name: string, kind: string, why: string, what: (change: ObjectChange) => string): RiskRule {
  return {
    name,
    why,
    find: (comparison) =>
      lostOf(comparison, kind).map(({ change, loss }) =>
        foundAt(change, `is ${loss}${change.replacedBy ? ` for its ${change.replacedBy.join(", ")} change` : ""}: ${what(change)}`),
      ),
  };
}
