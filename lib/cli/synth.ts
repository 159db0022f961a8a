/** `synth`: writes the stacks, their Kubernetes YAML and the switch plans. */
import { several } from "../allocation/words";
import { remembering } from "./remembering";
import { readAsked } from "./stackPatterns";
import { synthesize } from "./synthesize";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** A synth that is done before this, in milliseconds, says nothing of its progress. */
const patience = 2000;

/** Synthesizes the named stacks, or all, below `options.out`. Throws InputError with everything that is wrong; nothing is written then. */
export async function run(patterns: string[], options: CommonOptions & { out: string }, terminal: Terminal): Promise<ExitCode> {
  const started = performance.now();
  const { stacks, objects, written, removed } = remembering(options.root, (memory) => {
    const { request, stacks: names, isAsked } = readAsked(patterns, options.root, terminal, memory);
    return synthesize(request, {
      out: options.out,
      ...(names && { stacks: names, isAsked }),
      memory,
      progress: (what) => {
        if (performance.now() - started > patience) terminal.err(`${what} …`);
      },
    });
  });
  if (options.format === "json")
    terminal.out(JSON.stringify({ version: 1, out: options.out, stacks, objects, written, removed }, undefined, 2));
  else
    terminal.out(
      `${several(stacks, "stack")} with ${several(objects, "object")} in ${options.out}; ${written} files written, ${removed} removed`,
    );
  return Promise.resolve(0);
}
