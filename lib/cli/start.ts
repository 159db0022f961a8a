/** `start` (npm start): sizes everybody, checks the lock, writes the stacks, and says in one screen what stands. Touches no cluster. */
import { allocate } from "../allocation/allocate";
import { several } from "../allocation/words";
import type { Memory } from "../memory/memory";
import type { AllocatedRequest } from "../request/allocated";
import type { Messenger } from "../request/messenger";
import { formatProblem, InputError } from "../request/problem";
import { readRequest } from "../request/read";
import { coefficientBook } from "../sizing/coefficient";
import { demandsOf } from "../sizing/demand";
import { isLive } from "../sizing/size";
import { figure, renderPage } from "../page/page";
import { remembering } from "./remembering";
import { readWhatIf } from "./set";
import { at, judged, refuseStale } from "./stale";
import { bySize, short, startPage, type Standing } from "./startPage";
import { synthesize } from "./synthesize";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Throws InputError where files are wrong or somebody is stale; nothing is written then. */
export async function run(options: CommonOptions & { out: string }, terminal: Terminal): Promise<ExitCode> {
  terminal.out(remembering(options.root, (memory) => started(options, terminal, memory)));
  return Promise.resolve(0);
}

function started({ root, out, format }: CommonOptions & { out: string }, terminal: Terminal, memory: Memory): string {
  const { lock, warnings, ...rest } = readRequest(root, { memory });
  for (const warning of warnings) terminal.err(`warning: ${formatProblem(warning)}`);
  if (!lock)
    throw new InputError([{ message: `${root} has no allocations.lock.json; write it with \`npx zirsakht allocate${at(root)}\`` }]);
  const request: AllocatedRequest = { ...rest, lock };
  const { messengers } = request;
  const standing: Standing = { request, ...judged(request, memory) };
  refuseStale(standing.judgement, root);
  const page = [...startPage(standing), { text: whatIf(standing, root) }];

  const began = performance.now();
  const { stacks, objects } = synthesize(request, { out, memory });
  const seconds = (performance.now() - began) / 1000;
  if (format === "json") return JSON.stringify({ version: 1, asOf: lock.asOf, stacks, objects, out }, undefined, 2);
  return renderPage(
    [
      ...page,
      { text: `Wrote ${several(stacks, "stack")}, ${several(objects, "object")} in ${figure(seconds)} s to ${out}/ (no cluster touched)` },
      { text: nextOf(messengers, root) },
    ],
    format,
  );
}

/** What it would take if the largest messenger doubled its active users, and the command that says so in full. */
function whatIf({ request: { estate, lock, messengers }, calendar }: Standing, root: string): string {
  const largest = messengers
    .filter(isLive)
    .sort((a, b) => b.audience.active - a.audience.active || (a.messenger < b.messenger ? -1 : 1))[0];
  if (!largest) return "Nobody lives here: what if has no subject.";
  const id = largest.messenger;
  const active = Math.min(2 * largest.audience.active, largest.audience.registered);
  const question = active === 2 * largest.audience.active ? "doubles" : "has all its registrations active";
  const setting = `audience.active=${active % 1e6 === 0 ? short.format(active) : String(active)}`;
  const tried = readWhatIf(root, [id], [setting]).messengers;
  const demands = demandsOf(tried, calendar);
  const { version } = coefficientBook();
  const trial = allocate({ estate, messengers: tried, demands, lock, asOf: lock.asOf, names: [id], coefficients: version });
  const answer =
    trial.refused.length > 0
      ? `short: ${trial.refused.map(({ site, resource, group }) => `${group ?? ""} ${resource} at ${site}`.trim()).join(", ")}`
      : `${grown(trial.changes)}: fits`;
  return [
    `What if ${largest.name.en} ${question}, today? ${answer}`,
    `  npx zirsakht allocate --check ${id} --set ${setting}${at(root)}`,
  ].join("\n");
}

function grown(changes: ReturnType<typeof allocate>["changes"]): string {
  const servers = changes.filter(({ resource }) => resource === "servers").reduce((sum, { added }) => sum + added.length, 0);
  const egress = changes
    .filter(({ resource }) => resource === "egressMbps")
    .reduce((sum, { before = 0, after = 0 }) => sum + after - before, 0);
  return `+${several(servers, "server")}, +${figure(egress / 1000)} Gbit/s`;
}

function nextOf(messengers: readonly Messenger[], root: string): string {
  const id = bySize(messengers.filter(isLive))[0]?.messenger ?? "";
  const commands = [
    [`npx zirsakht size ${id}${at(root)}`, "what it needs, and where every number comes from"],
    [`npx zirsakht allocate --check${at(root)}`, "who is stale or short, and what is at risk"],
    ["npx cdktf deploy 'site.*'", `with a cluster; then '${id}.*'`],
  ] as const;
  const width = Math.max(...commands.map(([command]) => command.length));
  return ["Next:", ...commands.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`)].join("\n");
}
