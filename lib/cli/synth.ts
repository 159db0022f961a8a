/** `synth`: writes the stacks, their Kubernetes YAML and the switch plans. */
import { closest } from "fastest-levenshtein";
import { several } from "../allocation/words";
import type { AllocatedRequest } from "../request/allocated";
import { formatProblem, InputError } from "../request/problem";
import { readRequest } from "../request/read";
import { stackNames } from "../stacks/app";
import { at, judged, refuseStale } from "./stale";
import { synthesize } from "./synthesize";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** A synth that is done before this, in milliseconds, says nothing of its progress. */
const patience = 2000;

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

/** Synthesizes the named stacks, or all, below `options.out`. Throws InputError with everything that is wrong; nothing is written then. */
export async function run(patterns: string[], options: CommonOptions & { out: string }, terminal: Terminal): Promise<ExitCode> {
  const started = performance.now();
  const named = messengersOf(patterns);
  const { lock, warnings, ...rest } = readRequest(options.root, named ? { messengers: named } : {});
  for (const warning of warnings) terminal.err(`warning: ${formatProblem(warning)}`);
  if (!lock)
    throw new InputError([
      { message: `${options.root} has no allocations.lock.json; write it with \`npx zirsakht allocate${at(options.root)}\`` },
    ]);
  const request: AllocatedRequest = { ...rest, lock };
  const stacks = stacksOf(request, patterns);
  const asked = stacks && new Set(stacks.map((stack) => stack.split(".")[0]));
  const messengers = asked ? request.messengers.filter(({ messenger }) => asked.has(messenger)) : request.messengers;
  refuseStale(judged({ ...request, messengers }).judgement, options.root);
  const synthesis = synthesize(request, {
    out: options.out,
    ...(stacks && { stacks, isAsked: (stack) => patterns.some((pattern) => fits(pattern, stack)) }),
    progress: (what) => {
      if (performance.now() - started > patience) terminal.err(`${what} …`);
    },
  });
  if (options.format === "json") terminal.out(JSON.stringify({ version: 1, out: options.out, ...synthesis }, undefined, 2));
  else
    terminal.out(
      `${several(synthesis.stacks, "stack")} with ${several(synthesis.objects, "object")} in ${options.out}; ${synthesis.written} files written, ${synthesis.removed} removed`,
    );
  return Promise.resolve(0);
}
