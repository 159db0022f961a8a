/** `twin up`: brings the programs, and raises one control plane for each site of the estate on this machine. */
import { several } from "../allocation/words";
import { readRequest } from "../request/read";
import { twinFolderOf } from "../twin/control/folder";
import { bringPrograms } from "../twin/programs/programs";
import { type RaisedTwin, raiseTwin } from "../twin/control/twin";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Raises what is missing of the twin of this working folder. Throws InputError where something is in the way. */
export async function run({ root, format }: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const began = performance.now();
  const { estate } = readRequest(root, { messengers: [] });
  const contexts = new Map(Object.entries(estate.sites).map(([site, { context }]) => [site, context]));
  const progress = (what: string): void => terminal.err(what);
  const programs = await bringPrograms({ progress });
  const twin = await raiseTwin({ folder: twinFolderOf(process.cwd()), contexts, programs, progress });
  const seconds = (performance.now() - began) / 1000;
  const kubectl = programs.path("kubectl");
  if (format === "json") {
    terminal.out(JSON.stringify({ version: 1, kubectl, ...twin }, undefined, 2));
    return 0;
  }
  terminal.out(wordsOf(twin, { kubectl, contexts: [...contexts.values()], seconds }));
  return 0;
}

/** What stands now, and what went for it. */
export function wordsOf(
  { sites, removed, kubeconfig }: RaisedTwin,
  { kubectl, contexts, seconds }: { readonly kubectl: string; readonly contexts: readonly string[]; readonly seconds: number },
): string {
  const gone = removed.length > 0 ? [`  removed     ${removed.join(", ")}: not in this estate`] : [];
  return [
    `The twin is up: ${several(sites.length, "site")} in ${seconds.toFixed(1)} s.`,
    ...gone,
    `  kubectl     ${kubectl}`,
    `  kubeconfig  ${kubeconfig}`,
    `  contexts    ${contexts.join(", ")}`,
    `For example: ${quoted(kubectl)} --kubeconfig ${quoted(kubeconfig)} --context ${quoted(contexts[0] ?? "")} get nodes`,
    "etcd does not wait for the disk here: after a power cut, take the twin down and up again.",
  ].join("\n");
}

/** A word as a shell takes it. */
const quoted = (word: string): string => (/^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
