import { lostRule } from "./lost";

/** A namespace takes everything in it along. */
export const namespaceLost = lostRule(
  "namespace-lost",
  "Namespace",
  "Deleting a namespace deletes every workload, volume claim and secret in it, also those that nothing here made.",
  () => "all that runs and is stored in it goes too",
);
