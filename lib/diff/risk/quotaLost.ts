import type { Json } from "../../manifests/apiObject";
import { isObject, valueAt } from "../../manifests/apiObject";
import { lostRule } from "./lost";

const figures = (hard: Json | undefined): string =>
  isObject(hard)
    ? Object.entries(hard)
        .map(([name, amount]) => `${name} ${typeof amount === "string" ? amount : JSON.stringify(amount)}`)
        .join(", ")
    : "";

/** Without its quota a namespace may take the whole pool. */
export const quotaLost = lostRule(
  "quota-lost",
  "ResourceQuota",
  "Without a quota a messenger may take what the pool has promised to the others.",
  ({ before }) => `its limits go: ${figures(valueAt(before?.object.spec, "hard")) || "none were set"}`,
);
