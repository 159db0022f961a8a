/** `erased`: takes erased servers back, with evidence that nothing is left on their disks. */
import { evidenceFindings, restErased } from "../allocation/evidence";
import { digestOf, readEvidence } from "../request/evidence";
import { InputError } from "../request/problem";
import { problemsOf } from "../request/source";
import { leftovers } from "./leftovers";
import { finishChange, type LockVerbOptions, readLocked, titleOf } from "./lockVerb";
import type { ExitCode, Terminal } from "./terminal";

/** Brings the named servers from erasing into quarantine. */
export async function run(
  names: string[],
  options: LockVerbOptions & { readonly evidence: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const request = readLocked(options, terminal);
  const { estate, lock } = request;
  const read = readEvidence(options.evidence);
  const digest = "problems" in read ? "" : digestOf(read.text);
  const change = restErased(request.sized([]), names, digest);
  const problems = "problems" in read ? read.problems : problemsOf(read.source, evidenceFindings(estate, lock, names, read.value));
  if (problems.length > 0) throw new InputError([...problems, ...change.problems.map((message) => ({ message }))]);
  const until = change.moves.map(({ site, server }) => change.lock.sites[site]?.quarantine.servers[server]?.until ?? "").sort();
  const next = () => [
    `keep ${options.evidence}: the lock has its digest, ${digest}`,
    ...leftovers(change),
    `they are free once the book date has passed ${until.at(-1) ?? ""}`,
  ];
  return finishChange(change, request, { title: titleOf("Return", names), next, facts: { evidence: digest } }, options, terminal);
}
