/** Takes erased servers back: into quarantine, with the digest of the evidence that nothing is left on their disks. */
import type { Estate, ServerClass } from "../request/estate";
import type { Evidence } from "../request/evidence";
import type { Lock } from "../request/lock";
import { serverOf } from "../request/server";
import type { Finding } from "../request/source";
import { Draft, type LockChange, type LockInput } from "./draft";
import { holderOf } from "./grant";
import { type NamedServer, namedServers } from "./namedServers";
import { several, storage } from "./words";

/** Brings erasing servers into quarantine; all of those named or none. `digest` is the evidence's, which was checked before. */
export function restErased(input: LockInput, names: readonly string[], digest: string): LockChange {
  const draft = new Draft(input);
  const erased = namedServers(draft, input.estate, names).filter((named) => isErasing(draft, named));
  for (const named of erased) freeOfEgress(draft, named);
  if (draft.problems.length === 0) for (const { server, state } of erased) draft.restServer(state, server, digest);
  return draft.done();
}

/** Only a server that is being erased can come back. */
function isErasing({ problems }: Draft, { server, line }: NamedServer): boolean {
  const holder = holderOf(line);
  if (line.state === "erasing") return true;
  if (line.state === "granted") problems.push(`${server} is granted to ${holder}; release and erase it first`);
  else if (line.state === "draining" || line.for === "erase")
    problems.push(`${server} is ${line.state}, and nothing erases it so far; erase it first`);
  else problems.push(`${server} is being rolled; end that with roll ${holder}`);
  return false;
}

/** A server that is no longer held may carry no egress address: what it carries moves, or keeps it. */
function freeOfEgress(draft: Draft, { server, state, line }: NamedServer): void {
  draft.moveEgress(state, [server]);
  for (const [prefix, { messenger, servers }] of state.lines.egress)
    if (servers.includes(server))
      draft.problems.push(
        `${server} still carries an egress address of ${prefix}; run release ${messenger}, which gives the addresses back or moves them${line.messenger === messenger ? " once none of its servers runs there" : ""}`,
      );
}

/** What is wrong with the evidence of these servers: it must speak of each, of the erasing that was ordered, and of every drive. */
export function evidenceFindings(estate: Estate, lock: Lock, names: readonly string[], evidence: Evidence): Finding[] {
  const findings: Finding[] = [];
  const owners = new Map<string, string>();
  for (const [server, { disks }] of Object.entries(evidence))
    for (const [index, { serial }] of disks.entries()) {
      const other = owners.get(serial);
      if (other !== undefined)
        findings.push({
          path: [server, "disks", index, "serial"],
          message: `${server}: the disk ${serial} stands there already, as one of ${other}`,
        });
      owners.set(serial, server);
    }
  for (const server of new Set(names)) {
    const place = serverOf(estate, server);
    if (!place) continue;
    const erasure = Object.hasOwn(evidence, server) ? evidence[server] : undefined;
    if (!erasure) {
      findings.push({ path: [], message: `nothing stands here of ${server}; expected its date, method, disks and by` });
      continue;
    }
    const line = lock.sites[place.site]?.servers[server];
    if (line?.state === "erasing" && erasure.date < line.since)
      findings.push({
        path: [server, "date"],
        message: `${server}: this is of ${erasure.date}, and its erasing was ordered on ${line.since}; expected evidence of that`,
      });
    for (const message of missingDrives(estate.classes[place.class], erasure.disks))
      findings.push({ path: [server, "disks"], message: `${server}: ${message}` });
  }
  return findings;
}

/** Drives of the class that no disk of the evidence can be: a disk is one of a size where it differs by at most a hundredth. */
function missingDrives(serverClass: ServerClass | undefined, disks: Evidence[string]["disks"]): string[] {
  const wanted = new Map<number, number>();
  for (const drives of [serverClass?.nvme, serverClass?.disks])
    if (drives) wanted.set(drives.each, (wanted.get(drives.each) ?? 0) + drives.count);
  return [...wanted].flatMap(([each, count]) => {
    const found = disks.filter(({ sizeGB }) => Math.abs(sizeGB - each) * 100 <= each).length;
    return found >= count
      ? []
      : [
          `its class has ${several(count, "drive")} of ${storage(each)}, and ${String(found)} of them ${found === 1 ? "stands" : "stand"} here; nothing may stay behind`,
        ];
  });
}
