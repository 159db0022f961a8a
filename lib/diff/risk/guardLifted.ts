import { foundAt } from "../name";
import type { RiskRule } from "../rule";

/** `prevent_destroy` is what stands between a mistake and a live namespace or server. */
export const guardLifted: RiskRule = {
  name: "guard-lifted",
  why: "Once its guard is lifted an object can be destroyed by the next change, or by this one.",
  find: ({ changes }) =>
    changes.flatMap((change) => {
      const { before, after } = change;
      if (!before?.guarded || after?.guarded) return [];
      return foundAt(
        change,
        after
          ? "loses prevent_destroy: the next change may destroy it"
          : "goes together with its guard prevent_destroy, which was not lifted in a change of its own",
      );
    }),
};
