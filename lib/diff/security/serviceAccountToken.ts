import type { ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { plain } from "./ordered";
import { bothWays, pairsOf, type Say } from "./pair";
import { arrow, whole } from "./words";

/** An account that says nothing gives its token to every pod. */
const mounts = ({ automountServiceAccountToken }: ApiObject): boolean => automountServiceAccountToken !== false;
const written = ({ automountServiceAccountToken }: ApiObject): string =>
  automountServiceAccountToken === undefined ? "no word, which means true" : plain(automountServiceAccountToken);

const say: Say = (tight, loose, direction) => {
  if (!loose || !mounts(loose) || (tight && mounts(tight))) return [];
  const value = tight ? arrow(written(tight), written(loose), direction) : written(loose);
  return [
    `${whole(tight, direction)}automountServiceAccountToken ${value}: pods that run as it in ${loose.metadata.namespace ?? "its namespace"} ${direction === "widens" ? "hold" : "no longer hold"} its token unasked`,
  ];
};

/** Whether pods get their ServiceAccount's token without asking; told of new messengers too, for none needs it. */
export const serviceAccountToken: SecurityRule = {
  name: "service-account-token",
  why: "Whoever breaks into a pod that holds a token may do what its ServiceAccount may.",
  find: (comparison) => pairsOf(comparison, "ServiceAccount").flatMap(bothWays(say)),
};
