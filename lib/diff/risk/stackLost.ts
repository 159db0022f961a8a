import { several } from "../../allocation/words";
import type { RiskRule } from "../rule";

/** A stack that is no longer made is not destroyed: its state and its objects stay, and nobody manages them. */
export const stackLost: RiskRule = {
  name: "stack-lost",
  why: "Terraform destroys nothing of a stack that is gone: its objects run on with nobody to manage them. Where manifests are pruned (Argo CD, Flux) they are deleted at once.",
  find: ({ changes, stacks }) =>
    stacks.removed.flatMap((stack) => {
      const left = changes.filter((change) => change.stack === stack && change.action === "destroy");
      if (left.length === 0) return [];
      const messenger = stack.startsWith("site.")
        ? ""
        : "; make the messenger absent first, apply, and remove its file once the state is empty";
      return [
        {
          stack,
          address: "",
          object: stack,
          what: `is no longer made while ${several(left.length, "object")} of it may still stand${messenger}`,
        },
      ];
    }),
};
