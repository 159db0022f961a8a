/** The stacks that a command names: by name or by pattern, with the request that they are made from, refused where it is stale. */
import { closest } from "fastest-levenshtein";
import { noMemory, type Memory } from "../memory/memory";
import type { AllocatedRequest } from "../request/allocated";
import { formatProblem, InputError } from "../request/problem";
import { readRequest } from "../request/read";
import { stackNames } from "../stacks/app";
import { at, judged, refuseStale } from "./stale";
import type { Terminal } from "./terminal";

/** What a command is about. */
export interface Asked {
  readonly request: AllocatedRequest;
  /** The named stacks in the order in which they can be applied; `undefined` where all are meant. */
  readonly stacks: readonly string[] | undefined;
  /** Whether a stack, of now or of an earlier time, is meant. */
  readonly isAsked: (stack: string) => boolean;
}

/** Whether a stack's name fits a pattern, in which `*` stands for any text. */
function fits(pattern: string, stack: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(stack);
}

/** The messengers whose files the patterns need: the named ones, or all where a pattern leaves the messenger open. */
function messengersOf(patterns: readonly string[]): string[] | undefined {
  const holders = patterns.map((pattern) => pattern.split(".")[0] ?? "");
  if (patterns.length === 0 || holders.some((holder) => holder.includes("*"))) return undefined;
  return holders.filter((holder) => holder !== "site");
}

/** The stacks that the patterns name, in the order in which they can be applied; `undefined` for all. */
function stacksOf(request: AllocatedRequest, patterns: readonly string[]): string[] | undefined {
  if (patterns.length === 0 || patterns.includes("*")) return undefined;
  const names = stackNames(request);
  const unknown = patterns.filter((pattern) => !names.some((name) => fits(pattern, name)));
  if (unknown.length > 0)
    throw new InputError(unknown.map((pattern) => ({ message: `there is no stack ${pattern}; did you mean ${closest(pattern, names)}?` })));
  return names.filter((name) => patterns.some((pattern) => fits(pattern, name)));
}

/**
 * Reads what the patterns are about; warnings go to the terminal.
 * @throws InputError with everything that is wrong: the files, no lock, a name that no stack has, a messenger that is stale
 */
export function readAsked(patterns: readonly string[], root: string, terminal: Terminal, memory: Memory = noMemory): Asked {
  const named = messengersOf(patterns);
  const { lock, warnings, ...rest } = readRequest(root, { ...(named && { messengers: named }), memory });
  for (const warning of warnings) terminal.err(`warning: ${formatProblem(warning)}`);
  if (!lock)
    throw new InputError([{ message: `${root} has no allocations.lock.json; write it with \`npx zirsakht allocate${at(root)}\`` }]);
  const request: AllocatedRequest = { ...rest, lock };
  const stacks = stacksOf(request, patterns);
  const asked = stacks && new Set(stacks.map((stack) => stack.split(".")[0]));
  const messengers = asked ? request.messengers.filter(({ messenger }) => asked.has(messenger)) : request.messengers;
  refuseStale(judged({ ...request, messengers }, memory).judgement, root);
  return { request, stacks, isAsked: (stack) => !stacks || patterns.some((pattern) => fits(pattern, stack)) };
}
