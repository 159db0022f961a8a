/** What moved in the lock itself: a server's state or image, by a verb or by hand. */
import { holderOf } from "../../allocation/grant";
import type { LockHolder, LockSite } from "../../request/lock";
import type { Ground } from "../ground";
import type { Cause } from "../report";
import { changedValues, pathText } from "./changedValue";
import { placeText } from "./input";

const isHeld = (line: unknown): line is LockHolder => typeof line === "object" && line !== null && ("messenger" in line || "pool" in line);

/** Whether a server of a holder runs an image. */
const runs = (site: LockSite | undefined, holder: string, image: unknown): boolean =>
  Object.values(site?.servers ?? {}).some((server) => server.image === image && holderOf(server) === holder);

/** The lines of a holder at a site that differ, the first `most`, and how many more there are. */
export function lockCauses(base: Ground, head: Ground, holder: string, site: string, most: number): Cause[] {
  const [before, after] = [base.lock.sites[site], head.lock.sites[site]];
  const changes = changedValues(before, after).filter(({ path: [section, key] }) => {
    const lines = [before, after].map(
      (side) => (side as Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined)?.[String(section)]?.[String(key)],
    );
    // That an image came or went is said by the lines of the servers.
    if (section === "images") return !lines.includes(undefined) && [before, after].some((side) => runs(side, holder, key));
    return key === holder || lines.some((line) => isHeld(line) && holderOf(line) === holder);
  });
  const shown = changes.slice(0, most).map((change): Cause => {
    const text = (value: unknown): string => (value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value));
    const source = (change.after === undefined ? base : head).lockSource();
    return {
      what: `the lock: ${pathText(change.path)} ${text(change.before)} → ${text(change.after)}`,
      place: placeText(source.position(["sites", site, ...change.path], "key")),
    };
  });
  return changes.length > most ? [...shown, { what: `${String(changes.length - most)} more lines of ${holder} at ${site}` }] : shown;
}
