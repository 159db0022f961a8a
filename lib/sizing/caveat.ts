/** What a reader of a size must know before believing it. */
import type { Messenger } from "../request/messenger";
import { isLive, type Size } from "./size";

/** Warnings of a size, in plain words. */
export function caveatsOf({ messenger, peak }: Size, request: Messenger): string[] {
  if (!isLive(request)) return [];
  const { audience, load, profile, stackClass } = request;
  const caveats: string[] = [];
  if (profile.channels === undefined && (load?.egressGbps === undefined || load.messagesOutPerSecond === undefined))
    caveats.push(
      `${messenger} says nothing of its channels, which carry most of the traffic of domestic messengers: bandwidth and deliveries are too low unless it has none (profile.channels: [] says so)`,
    );
  if (stackClass === "B" && profile.stack_eff_B === undefined)
    caveats.push(`${messenger} is of stack class B, which is unvalidated: no published fleet lies between classes A and C`);
  if (peak.active > audience.registered)
    caveats.push(
      `${messenger} would have more active users at its peak (${String(Math.round(peak.active))}) than are registered today (${String(audience.registered)}): the others would have to sign up`,
    );
  return caveats;
}
