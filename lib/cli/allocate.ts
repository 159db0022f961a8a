/** `allocate`: brings the lock up to date and says what changed and why; with `--check` it only judges. */
import { allocate, emptyLock } from "../allocation/allocate";
import type { Allocation, AllocationInput } from "../allocation/allocation";
import { type Judgement, judgeLock } from "../allocation/judgement";
import type { Lock } from "../request/lock";
import { formatProblem, InputError, type Problem } from "../request/problem";
import { date } from "../request/units";
import { coefficientBook } from "../sizing/coefficient";
import { demandOf } from "../sizing/demand";
import { sizeMessenger } from "../sizing/size";
import { calendarOf } from "../sizing/timeline";
import { changeSentence, brokenPromises, refusalSentence, section, type Sizes, staleSentence, standingPage } from "./allocatePage";
import { lockTextOf, writeLock } from "./lockFile";
import type { Block } from "../page/page";
import { measuredKeys, readWhatIf } from "./set";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** What `allocate` takes. */
export interface AllocateOptions extends CommonOptions {
  /** Writes nothing, and judges the lock as it stands. */
  readonly check?: boolean;
  /** The day to which the book date moves, for all messengers. @default the lock's; without a lock, today */
  readonly asOf?: string;
  /** Grants what fits and records the rest as short. */
  readonly partial?: boolean;
  /** With `check` and one name: values of its file to try. */
  readonly set?: string[];
}

/** A request ready to be allocated, and what reading it warned of. */
interface Ready {
  readonly input: AllocationInput;
  readonly sizes: Sizes;
  readonly warnings: readonly string[];
}

/**
 * Brings the lock up to date for the named messengers, or for all and the pool. Ends with 1 where something does not fit. With `check`
 * it ends with 2 when somebody is stale, whether it fits or not, or when a law fails though everything is taken as alive.
 */
export async function run(names: string[], options: AllocateOptions, terminal: Terminal): Promise<ExitCode> {
  const before = lockTextOf(options.root);
  const ready = readyFor(names, options);
  for (const warning of ready.warnings) terminal.err(`warning: ${warning}`);
  return options.check ? check(ready, options, terminal) : update(ready, before, options, terminal);
}

function readyFor(names: string[], { root, check: checks, asOf, partial, set = [] }: AllocateOptions): Ready {
  const problems: Problem[] = [];
  if (set.length > 0 && !checks) problems.push({ message: "--set tries values and writes nothing; add --check" });
  if (partial && checks) problems.push({ message: "--partial writes what fits and --check writes nothing; take one of them" });
  if (asOf !== undefined && names.length > 0)
    problems.push({ message: `--as-of moves the book date of all messengers at once; leave out ${names.join(", ")}` });
  if (asOf !== undefined && !date.safeParse(asOf).success)
    problems.push({ message: `--as-of ${asOf}: expected a day that exists, as YYYY-MM-DD, such as 2026-11-24` });
  if (problems.length > 0) throw new InputError(problems);
  const { estate, messengers, lock, warnings } = readWhatIf(root, names, set);
  if (asOf !== undefined && lock && asOf < lock.asOf)
    throw new InputError([{ message: `--as-of ${asOf}: the book date is ${lock.asOf} and moves forward only` }]);
  const day = asOf ?? lock?.asOf ?? new Date().toISOString().slice(0, 10);
  const calendar = calendarOf(estate, day);
  const sizes = new Map(messengers.map((messenger) => [messenger.messenger, sizeMessenger(messenger, calendar)]));
  const demands = messengers.flatMap((messenger) => {
    const size = sizes.get(messenger.messenger);
    return size ? [demandOf(size, messenger)] : [];
  });
  const { version } = coefficientBook();
  const older =
    lock && lock.coefficients !== version
      ? [`the lock was computed with coefficients ${lock.coefficients}, and these are ${version}; the need decides`]
      : [];
  return {
    input: { estate, messengers, demands, lock, asOf: day, coefficients: version, ...(names.length > 0 ? { names } : {}) },
    sizes,
    warnings: [...warnings.map(formatProblem), ...older],
  };
}

async function print(terminal: Terminal, { format }: CommonOptions, document: object, page: () => Block[]): Promise<void> {
  if (format === "json") terminal.out(JSON.stringify({ version: 1, ...document }, undefined, 2));
  else terminal.out((await import("../page/page.js")).renderPage(page(), format));
}

async function update(
  { input, sizes }: Ready,
  before: string | undefined,
  options: AllocateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const result = allocate({ ...input, partial: options.partial ?? false });
  if (result.refused.length > 0 && !options.partial) {
    terminal.err(refusedText(result));
    if (options.format === "json")
      await print(terminal, options, { asOf: input.lock?.asOf ?? input.asOf, written: false, ...answerOf(result) }, () => []);
    return 1;
  }
  const written = await writeLock(options.root, before, result.lock);
  const judgement = judgeLock({ ...input, lock: result.lock, onlyTheirSites: input.names !== undefined });
  await print(terminal, options, { asOf: result.lock.asOf, written, ...answerOf(result), ...judgement }, () => [
    { heading: `Allocation on ${result.lock.asOf}`, level: 1 },
    { text: headline(result, input.lock, written, judgement) },
    ...section(
      "What changed and why",
      result.changes.map((change) => changeSentence(change, sizes)),
    ),
    ...section("What does not fit, and is recorded as short", result.refused.map(refusalSentence)),
    ...brokenPromises(judgement),
    ...standingPage(judgement),
  ]);
  return 0;
}

const answerOf = ({ changes, refused }: Allocation): Pick<Allocation, "changes" | "refused"> => ({ changes, refused });

function headline({ changes, lock }: Allocation, before: Lock | undefined, written: boolean, { deficits, violations }: Judgement): string {
  const isWhole = deficits.length + violations.length === 0;
  if (!written && isWhole) return "Nothing changes: everybody has what is needed, or is recorded as short of it.";
  if (!written) return "Nothing changes: nobody lacks anything that can be granted; what else is broken is said below.";
  const moved = before && before.asOf !== lock.asOf ? ` The book date moves from ${before.asOf} to ${lock.asOf}.` : "";
  return `The lock is written: ${String(changes.length)} ${changes.length === 1 ? "change" : "changes"}.${moved}`;
}

function refusedText({ refused }: Pick<Allocation, "refused">): string {
  return [
    "Nothing is written, because not everything fits in this order (focus first, then by id); another order might fit, and --partial grants what does:",
    ...refused.map((refusal) => `- ${refusalSentence(refusal)}`),
  ].join("\n");
}

async function check({ input, sizes }: Ready, options: AllocateOptions, terminal: Terminal): Promise<ExitCode> {
  const lock: Lock = { ...(input.lock ?? emptyLock(input)), asOf: input.asOf };
  const judgement = judgeLock({ ...input, lock });
  const stale = [...new Set(judgement.stale.map(({ messenger }) => messenger))];
  const trial = stale.length > 0 ? allocate({ ...input, names: stale }) : { changes: [], refused: [] };
  const fitting = fittingShorts(input, stale);
  const refusedIds = new Set(trial.refused.map(({ messenger }) => messenger));
  const fits = stale.map((messenger) => ({ messenger, fits: !refusedIds.has(messenger) }));
  const tried = options.set ?? [];
  const carries = tried.some((setting) => setting.startsWith("audience.active=")) ? input.messengers.flatMap(measuredKeys) : [];
  const carried =
    carries.length > 0
      ? ` What was counted at its active users is carried to those that are tried; write this too: ${carries.join(", ")}.`
      : "";
  const differs = stale.length > 0 || judgement.violations.length > 0;
  const document = { asOf: lock.asOf, ...judgement, fits, refused: trial.refused, fittingShorts: fitting };
  await print(terminal, options, document, () => [
    { heading: `Check of the lock on ${lock.asOf}`, level: 1 },
    ...(tried.length > 0
      ? [{ text: `What if ${tried.join(", ")}? Nothing is written; to do it, write it in the messenger's file first.${carried}` }]
      : []),
    { text: differs ? "The lock does not stand." : "The lock stands: nobody is stale." },
    ...section("Stale: the need exceeds what is held and what is recorded as short", judgement.stale.map(staleSentence)),
    ...section(
      "Does it fit?",
      fits.map(({ messenger, fits: yes }) =>
        yes
          ? `${messenger}: it fits; ${tried.length > 0 ? "edit its file and " : ""}run allocate ${messenger}`
          : `${messenger}: it does not fit in this order`,
      ),
    ),
    ...section(
      "What would change",
      trial.changes.map((change) => changeSentence(change, sizes)),
    ),
    ...section("What does not fit in this order (focus first, then by id)", trial.refused.map(refusalSentence)),
    ...brokenPromises(judgement),
    ...section(
      "Short, and fits by now",
      fitting.map((messenger) => `${messenger}: run allocate ${messenger}`),
    ),
    ...standingPage(judgement),
  ]);
  return differs ? 2 : 0;
}

/** Messengers whose recorded short would shrink, were they allocated by name now. */
function fittingShorts(input: AllocationInput, stale: readonly string[]): string[] {
  const { lock } = input;
  if (!lock) return [];
  const short = input.messengers
    .map(({ messenger }) => messenger)
    .filter((id) => !stale.includes(id) && Object.values(lock.sites).some((site) => Object.hasOwn(site.short, id)));
  return short.filter((id) => allocate({ ...input, names: [id], partial: true }).changes.some(({ resource }) => resource === "short"));
}
