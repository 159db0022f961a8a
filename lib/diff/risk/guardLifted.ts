import { foundAt } from "../name";
import type { RiskRule } from "../rule";
import { changedHosts } from "./host";
import { fateOf } from "./hostDeleted";

/** `prevent_destroy` is what stands between a mistake and a live namespace or server. */
export const guardLifted: RiskRule = {
  name: "guard-lifted",
  why: "Once its guard is lifted an object can be destroyed by the next change, or by this one.",
  find: (comparison) => {
    const { changes, stacks } = comparison;
    // What becomes of a host that is deleted is told with its guard.
    const told = new Set(changedHosts(comparison).flatMap((host) => (!host.after && fateOf(host) ? [host.change] : [])));
    return changes.flatMap((change) => {
      const { before, after } = change;
      // Nothing of a stack that is gone is destroyed: that it has no stack any more is the risk.
      if (!before?.guarded || after?.guarded || stacks.removed.includes(change.stack) || told.has(change)) return [];
      return foundAt(
        change,
        after
          ? "loses prevent_destroy: the next change may destroy it"
          : "goes together with its guard prevent_destroy, which was not lifted in a change of its own",
      );
    });
  },
};
