/** What the verbs share that change the lock beside allocate: reading, previewing, writing whole or not at all, and saying so. */
import type { LockChange, LockInput, Move } from "../allocation/draft";
import { poolHolder } from "../allocation/grant";
import { several } from "../allocation/words";
import type { Messenger } from "../request/messenger";
import { formatProblem, InputError } from "../request/problem";
import { readRequest } from "../request/read";
import { demandsOf } from "../sizing/demand";
import { calendarOf } from "../sizing/timeline";
import { changeSentence, section, serverNames, type Sizes } from "./allocatePage";
import { lockTextOf, writeLock } from "./lockFile";
import { nodeCommands } from "./nodeCommands";
import { type Block, renderPage } from "../page/page";
import { remembering } from "./remembering";
import { at } from "./stale";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** What such a verb takes. */
export interface LockVerbOptions extends CommonOptions {
  /** Writes nothing, and says what it would change. */
  readonly check?: boolean;
}

/** The request that such a verb works on. */
export interface LockRequest extends Omit<LockInput, "demands"> {
  /** The lock's text as it was read. */
  readonly before: string | undefined;
  /** The input with the demands of these messengers. */
  sized(messengers: readonly Messenger[]): LockInput;
}

/** Reads all files; there must be a lock. */
export function readLocked({ root }: CommonOptions, terminal: Terminal): LockRequest {
  const before = lockTextOf(root);
  const { estate, messengers, lock, warnings } = remembering(root, (memory) => readRequest(root, { memory }));
  if (!lock)
    throw new InputError([{ message: `${root} has no allocations.lock.json; write it with \`npx zirsakht allocate${at(root)}\`` }]);
  for (const warning of warnings) terminal.err(`warning: ${formatProblem(warning)}`);
  const sized = (some: readonly Messenger[]): LockInput => ({
    estate,
    messengers,
    lock,
    demands: demandsOf(some, calendarOf(estate, lock.asOf)),
  });
  return { estate, messengers, lock, before, sized };
}

/** The holders of the named servers. */
export function holdersOf({ lock, messengers }: LockRequest, servers: readonly string[]): Messenger[] {
  const lines = Object.values(lock.sites).flatMap((site) =>
    servers.map((server) => (Object.hasOwn(site.servers, server) ? site.servers[server] : undefined)),
  );
  const ids = new Set(lines.map((line) => line?.messenger));
  return messengers.filter(({ messenger }) => ids.has(messenger));
}

/** How a verb says what it did. */
export interface Telling {
  /** Such as `Release of soroush`. */
  readonly title: string;
  /** What comes after, a line each; said where something changes. */
  readonly next: (change: LockChange) => readonly string[];
  /** More for the JSON document. */
  readonly facts?: object;
}

/**
 * Writes the change and says what it is, or previews it. Throws InputError where it has problems; nothing is written then.
 * Ends with 2 where a preview would change something.
 */
export async function finishChange(
  change: LockChange,
  request: LockRequest,
  telling: Telling,
  options: LockVerbOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (change.problems.length > 0) throw new InputError(change.problems.map((message) => ({ message })));
  const changes = change.moves.length + change.changes.length + change.rested.length + change.egress.length > 0;
  const written = options.check ? false : changes && (await writeLock(options.root, request.before, change.lock));
  const { applied, wiped } = nodeCommands(change.moves, request);
  if (options.format === "json") {
    const { moves, changes: lines, rested, egress, notes } = change;
    const document = {
      version: 1,
      asOf: request.lock.asOf,
      written,
      ...telling.facts,
      moves,
      changes: lines,
      rested,
      egress,
      notes,
      commands: applied,
      commandsOnceWiped: wiped,
    };
    terminal.out(JSON.stringify(document, undefined, 2));
  } else
    terminal.out(
      renderPage(
        [
          { heading: `${telling.title} on ${request.lock.asOf}`, level: 1 },
          { text: !changes ? "Nothing changes." : written ? "The lock is written." : "Nothing is written; this is what would change." },
          ...changePage(change),
          ...lines("Run by hand, once this is applied", applied),
          ...lines("Run by hand, once their hosts are wiped and before these are provisioned anew", wiped),
          ...lines("Next", changes ? telling.next(change) : []),
        ],
        options.format,
      ),
    );
  return options.check && changes ? 2 : 0;
}

/** Lines to be copied: code, in Markdown. */
function lines(heading: string, texts: readonly string[]): Block[] {
  return texts.length > 0 ? [{ heading, level: 2 }, { text: texts.map((text) => `    ${text}`).join("\n") }] : [];
}

/** No change here follows a peak. */
const nobody: Sizes = new Map();

function changePage({ moves, changes, egress, rested, notes }: LockChange): Block[] {
  return [
    ...section("Servers", moveSentences(moves)),
    ...section("What else changes", [
      ...changes.map((change) => changeSentence(change, nobody)),
      ...egress.map(
        ({ messenger, site, prefix, from, to }) => `${messenger} at ${site}: an egress address of ${prefix} moves from ${from} to ${to}`,
      ),
      ...rested.map(
        ({ holder, site, resource, name, until }) => `${holder} at ${site}: ${restedWords[resource]} ${name} rests until ${until}`,
      ),
    ]),
    ...section("Notes", notes),
  ];
}

const restedWords = {
  vlan: "VLAN",
  private: "private prefix",
  vips: "public prefix of services",
  egress: "public prefix of outgoing traffic",
} as const;

/** `soroush at thr1, all: 3 servers granted → draining (thr1-r01-s01…s03)`. */
function moveSentences(moves: readonly Move[]): string[] {
  const alike = new Map<string, { move: Move; servers: string[] }>();
  for (const move of moves) {
    const { holder, site, group, from, to, server } = move;
    const key = [holder, site, group, from, to].join(" ");
    alike.set(key, { move, servers: [...(alike.get(key)?.servers ?? []), server] });
  }
  return [...alike.values()].map(({ move: { holder, site, group, from, to }, servers }) => {
    const who = holder === poolHolder ? `the pool at ${site}` : `${holder} at ${site}, ${group}`;
    return `${who}: ${several(servers.length, "server")} ${from} → ${to} (${serverNames(servers)})`;
  });
}

/** `Erasing of thr1-r01-s01`, or of how many. */
export function titleOf(what: string, names: readonly string[]): string {
  return `${what} of ${names.length === 1 ? (names[0] ?? "") : several(names.length, "server")}`;
}
