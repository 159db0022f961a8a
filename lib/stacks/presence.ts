/** Whether a messenger has a stack at a site, and what is in it. */
import type { Grant } from "../allocation/grant";
import type { Messenger } from "../request/messenger";

/**
 * `live`: everything that it is granted. `retired`: the same without access and without the namespace's guard, while its servers
 * come back. `empty`: backend and provider only, so that an apply empties the state. `none`: no stack.
 */
export type Presence = "live" | "retired" | "empty" | "none";

/**
 * A messenger's presence at a site.
 * @param grant what it holds there
 */
export function presenceOf(messenger: Messenger, site: string, grant: Grant): Presence {
  const { needs, placement, lifecycle } = messenger;
  const share = placement.sites[site];
  const inCluster = grant.servers.length > 0 || grant.quota !== undefined;
  const holds = inCluster || [grant.vlans, grant.private, grant.vips, grant.egress].some((lines) => lines.length > 0);
  // Routers announce its addresses: nothing of it is in the cluster, unless it asked for more before.
  if (!needs.some((need) => need !== "network") && !inCluster) return "none";
  if (share === undefined && !holds) return "none";
  if (lifecycle.state === "absent") return "empty";
  if (lifecycle.state === "retired") return "retired";
  // A dropped site is retired there; once it holds nothing, its state is emptied before the line may go.
  if (share === undefined || share === 0) return holds ? "retired" : "empty";
  return "live";
}
