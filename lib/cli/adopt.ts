/** `adopt`: takes into the lock what messengers already use; what they lack beside it is recorded as short. */
import { adoptRows, type AdoptedRow, recordShorts, sectionOf } from "../allocation/adoption";
import { emptyLock } from "../allocation/allocate";
import { holderName, poolHolder } from "../allocation/grant";
import type { ShortKey } from "../allocation/short";
import { unitOf } from "../allocation/unit";
import { several } from "../allocation/words";
import type { Lock, LockShort } from "../request/lock";
import { checkLock } from "../request/check/lock";
import { formatProblem, InputError, type Problem } from "../request/problem";
import { readRequest } from "../request/read";
import type { Finding } from "../request/source";
import { coefficientBook } from "../sizing/coefficient";
import { demandsOf } from "../sizing/demand";
import { calendarOf } from "../sizing/timeline";
import { readAdoptFile } from "./adoptFile";
import { lockTextOf, writeLock } from "./lockFile";
import { type Block, renderPage } from "../page/page";
import { remembering } from "./remembering";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Takes the CSV in, all of it or, where anything is wrong, nothing. Bandwidth and quotas follow by `allocate`. */
export async function run(csv: string, options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const before = lockTextOf(options.root);
  const { estate, messengers, lock, warnings } = remembering(options.root, (memory) => readRequest(options.root, { memory }));
  for (const warning of warnings) terminal.err(`warning: ${formatProblem(warning)}`);
  const { rows, lines, problems } = readAdoptFile(csv);
  const at = (row: number, message: string): Problem => ({ position: { file: csv, line: lines[row] ?? 1, column: 1 }, message });
  const ids = Object.fromEntries(messengers.map(({ messenger }) => [messenger, true]));
  const strangers = rows.flatMap(({ site, messenger }, row) => [
    ...(Object.hasOwn(estate.sites, site)
      ? []
      : [at(row, `there is no site ${site}, expected one of ${Object.keys(estate.sites).join(", ")}`)]),
    ...(messenger === poolHolder || Object.hasOwn(ids, messenger)
      ? []
      : [at(row, `there is no messenger ${messenger}; it needs a file first, messengers/${messenger}.yaml`)]),
  ]);
  if (problems.length + strangers.length > 0) throw new InputError([...problems, ...strangers]);
  const asOf = lock?.asOf ?? new Date().toISOString().slice(0, 10);
  const base = lock ?? emptyLock({ estate, asOf, coefficients: coefficientBook().version });
  const adoption = adoptRows({ estate, lock: base, asOf }, rows);
  const wrong = [
    ...adoption.problems.map(({ row, message }) => at(row, message)),
    ...[...checkLock(adoption.lock, estate, ids)].map((finding) => at(rowOf(finding, rows), finding.message)),
  ];
  if (wrong.length > 0) throw new InputError(wrong);
  const adopters = messengers.filter(({ messenger }) => rows.some((row) => row.messenger === messenger));
  const calendar = calendarOf(estate, asOf);
  const demands = demandsOf(adopters, calendar);
  const after = recordShorts({ estate, messengers: adopters, demands, lock: adoption.lock, asOf });
  const written = await writeLock(options.root, before, after);
  if (options.format === "json") terminal.out(JSON.stringify({ version: 1, asOf, written, rows: rows.length }, undefined, 2));
  else terminal.out(renderPage(page(rows, after, written), options.format));
  return 0;
}

/** The row that a finding in the lock speaks of; the first where it speaks of none. */
function rowOf({ path }: Finding, rows: readonly AdoptedRow[]): number {
  const row = rows.findIndex(({ site, kind, resource }) => path[1] === site && path[2] === sectionOf[kind] && path[3] === resource);
  return Math.max(0, row);
}

function page(rows: readonly AdoptedRow[], lock: Lock, written: boolean): Block[] {
  if (!written) return [{ text: "Nothing changes: the lock has all of it already." }];
  const counts = new Map<string, number>();
  for (const { site, kind, messenger } of rows) {
    const key = `${holderName(messenger)} at ${site}: ${kind}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const adopters = new Set(rows.map(({ messenger }) => messenger));
  const shorts = Object.entries(lock.sites).flatMap(([site, { short }]) =>
    Object.entries(short)
      .filter(([messenger]) => adopters.has(messenger))
      .map(([messenger, line]) => `${messenger} at ${site} is short of ${shortWords(line)}; allocate ${messenger} fills it where it fits`),
  );
  return [
    { text: `The lock is written: ${several(rows.length, "resource")} taken in. Bandwidth and quotas follow by allocate.` },
    { list: [...counts].map(([key, count]) => `${key} ${String(count)}`) },
    { list: shorts },
  ];
}

function shortWords({ groups = {}, ...figures }: LockShort): string {
  return [
    ...Object.entries(groups).map(([group, servers]) => `${several(servers, "server")} of ${group}`),
    ...Object.entries(figures).flatMap(([key, amount]) =>
      typeof amount === "number" ? [`${String(amount)} ${unitOf[key as ShortKey]}`] : [],
    ),
  ].join(", ");
}
