import type { ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { flowsOf, isolates, podsOf, podsText, ways, type Way } from "./flows";
import { amongPolicies, isolatedBy } from "./networkPolicies";
import { restOf } from "./selectorRest";
import { whole } from "./words";

/** Whether a policy isolates its pods, and lets nothing through. */
const isSilent = (policy: ApiObject, way: Way): boolean => isolates(policy, way) && flowsOf(policy, way).length === 0;

/** The policy that takes in every pod and lets nothing through, while others isolate the same pods; else network-isolation tells it. */
export const defaultDeny: SecurityRule = {
  name: "default-deny",
  why: "Policies that let something through isolate too, but go with what they let through; the default deny is what then still holds.",
  find: amongPolicies((tight, loose, direction, among) => {
    const denied = ways.filter(
      (way) =>
        tight &&
        podsOf(tight).length === 0 &&
        isSilent(tight, way) &&
        restOf([], among.loose.all.filter((policy) => isSilent(policy, way)).map(podsOf)).length > 0 &&
        restOf([], isolatedBy(among.loose, way)).length === 0,
    );
    if (!tight || denied.length === 0) return [];
    const [pods, list] = [podsText([[]], tight), denied.join(" and ")];
    return [
      direction === "widens"
        ? `${whole(loose, "narrows")}the default deny for ${list} goes; ${pods} stays isolated only by policies that let something through`
        : `${whole(loose, "widens")}the default deny for ${list} comes; ${pods} stays isolated, whatever other policies go`,
    ];
  }),
};
