/** `twin up`: brings the programs, and raises one control plane for each site of the estate on this machine. */
import { several } from "../allocation/words";
import { readRequest } from "../request/read";
import { twinFolderOf } from "../twin/control/folder";
import { bringPrograms } from "../twin/programs/programs";
import { raiseTwin } from "../twin/control/twin";
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
  const [first] = contexts.values();
  terminal.out(
    [
      `The twin is up: ${several(twin.sites.length, "site")} in ${seconds.toFixed(1)} s.`,
      `  kubectl     ${kubectl}`,
      `  kubeconfig  ${twin.kubeconfig}`,
      `  contexts    ${[...contexts.values()].join(", ")}`,
      `For example: ${quoted(kubectl)} --kubeconfig ${quoted(twin.kubeconfig)} --context ${quoted(first ?? "")} get nodes`,
      "etcd does not wait for the disk here: after a power cut, take the twin down and up again.",
    ].join("\n"),
  );
  return 0;
}

/** A word as a shell takes it. */
const quoted = (word: string): string => (/^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
