/** The switch plans of a request as files; those that lie there as an earlier synth wrote them from the same inputs are not made anew. */
import type { Memory } from "../memory/memory";
import { switchPlan, switchPlanText } from "../network/switchPlan";
import type { AllocatedRequest } from "../request/allocated";
import { digestsOf, lieAsWritten, type FileDigests } from "./knownFiles";

/** What is to be written, and what lies there already. */
export interface SwitchPlanFiles {
  readonly texts: readonly (readonly [path: string, text: string])[];
  readonly lies: readonly string[];
}

/** All that a site's plan is made from, as text. Where hosts are not told by a rule of the estate, the answers for the held servers count. */
function inputsOf({ estate, messengers, lock, host }: AllocatedRequest, site: string): string[] {
  const lines = lock.sites[site];
  const isByRule = estate.sites[site]?.hosts === undefined;
  const hosts = isByRule ? [] : Object.keys(lines?.servers ?? {}).map(host);
  const needs = messengers.map(({ messenger, needs }) => [messenger, needs]);
  return [site, ...[estate, lines ?? {}, needs, hosts].map((value) => JSON.stringify(value))];
}

/** The plans of all sites. @param out the folder of the synth */
export function switchPlanFiles(request: AllocatedRequest, memory: Memory, out: string): SwitchPlanFiles {
  const [texts, lies]: [[string, string][], string[]] = [[], []];
  for (const site of Object.keys(request.estate.sites)) {
    const path = `network/${site}.yaml`;
    const inputs = inputsOf(request, site);
    const known = memory.recall<FileDigests | undefined>("switch-plan", inputs, () => undefined);
    if (known && lieAsWritten(out, known)) {
      lies.push(path);
      continue;
    }
    const file = [path, switchPlanText(switchPlan(request, site))] as const;
    memory.recall("switch-plan", inputs, () => digestsOf([file]));
    texts.push([...file]);
  }
  return { texts, lies };
}
