/** The servers of a rack among its devices, by number, and what is wrong with their names, numbers and classes. */
import { serverName } from "../request/server";
import type { Position } from "../request/problem";
import { someOf, textIn, type Row } from "./row";

/** A server of NetBox and its place in the estate. */
export interface FoundServer {
  readonly name: string;
  readonly number: number;
  readonly class: string;
  readonly row: Row;
}

/** Takes a problem of a list. */
export type Report = (at: () => Position, message: string) => void;

/** Finds them. */
export function serversIn(
  devices: readonly Row[],
  classOf: (device: Row) => string | undefined,
  site: string,
  rack: string,
  report: Report,
): FoundServer[] {
  const found = new Map<number, FoundServer>();
  const start = `${site}-${rack}-s`;
  const unnumbered: Row[] = [];
  for (const row of devices) {
    const serverClass = classOf(row);
    if (serverClass === undefined) continue;
    const name = textIn(row, "name");
    const written = textIn(row, "zirsakht_number");
    const digits = written || (name.toLowerCase().startsWith(start) ? name.slice(start.length) : "");
    const number = /^\d{1,2}$/.test(digits) ? Number(digits) : 0;
    const other = found.get(number);
    if (number < 1) unnumbered.push(row);
    else if (other)
      report(row.at, `${name}: ${textIn(other.row, "name")} is server ${String(number)} of rack ${rack} already; give it another number`);
    else found.set(number, { name: serverName(site, rack, number), number, class: serverClass, row });
  }
  // A company that names its servers otherwise has thousands of these: one line a rack.
  const [first] = unnumbered;
  if (first)
    report(
      first.at,
      `${someOf(unnumbered.map((row) => textIn(row, "name")))}: expected ${start}01 to ${start}99 as ${unnumbered.length === 1 ? "its name, or its number" : "their names, or their numbers"} 1 to 99 in the custom field zirsakht_number`,
    );
  const servers = [...found.values()].sort((one, next) => one.number - next.number);
  const last = servers.at(-1);
  const gaps = Array.from({ length: last?.number ?? 0 }, (_, index) => index + 1).filter((number) => !found.has(number));
  if (last && gaps.length > 0)
    report(
      last.row.at,
      `${last.name} is the last server of its rack, and ${gaps.map((number) => serverName(site, rack, number)).join(", ")} ${gaps.length === 1 ? "is" : "are"} missing; servers are numbered from 1 without gaps, so add what is missing, or number them anew`,
    );
  const odd = servers.find((server) => server.class !== servers[0]?.class);
  if (odd)
    report(
      odd.row.at,
      `${odd.name} is a ${odd.class} and ${servers[0]?.name ?? ""} a ${servers[0]?.class ?? ""}; all servers of a rack are of one class`,
    );
  return servers;
}
