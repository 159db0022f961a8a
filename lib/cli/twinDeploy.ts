/** `twin deploy`: brings the stacks to the twin of this working folder, and waits until hosts and nodes have come to rest. */
import { join } from "node:path";
import { several } from "../allocation/words";
import type { Estate } from "../request/estate";
import { stackNames } from "../stacks/app";
import { ByCdktf } from "../twin/deploy/byCdktf";
import { ByManifests } from "../twin/deploy/byManifests";
import { ByTerraform } from "../twin/deploy/byTerraform";
import { deploy, type DeployedSite } from "../twin/deploy/deploy";
import { TwinFolder, twinFolderOf } from "../twin/control/folder";
import { Terraform } from "../twin/deploy/terraform";
import { withTwin } from "../twin/control/twin";
import type { Way, WayName } from "../twin/deploy/way";
import { interruptible } from "./interruption";
import { figure } from "../page/page";
import { type Asked, readAsked } from "./stackPatterns";
import { synthesize } from "./synthesize";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Deploys the named stacks, or all. Throws InputError with everything that is wrong, was refused, or did not come to rest. */
export async function run(patterns: string[], options: CommonOptions & { by: WayName }, terminal: Terminal): Promise<ExitCode> {
  const progress = (what: string): void => terminal.err(what);
  const asked = readAsked(patterns, options.root, terminal);
  const folder = new TwinFolder(twinFolderOf(process.cwd()));
  const told = (): void => progress("ending: what is being brought comes to its end first; once more ends at once");
  const deployed = await interruptible(told, (signal) =>
    withTwin(folder.path, { progress, signal }, async (sites) => {
      const way = await wayOf(options.by, folder, asked, signal);
      return deploy({ request: asked.request, stacks: stacksBySite(asked, way), sites, way, progress, signal });
    }),
  );
  terminal.out(options.format === "json" ? jsonOf(options.by, deployed) : deployed.map(wordsOf).join("\n"));
  return 0;
}

/** The estate with all states in the twin's folder: nothing done to a twin may touch the states of what it is a twin of. */
function withStatesHere(estate: Estate): Estate {
  const sites = Object.entries(estate.sites).map(([name, site]) => [name, { ...site, state: { local: { path: "states" } } }]);
  return { ...estate, sites: Object.fromEntries(sites) as Estate["sites"] };
}

/** Synthesizes into the twin's folder, and finds what the way needs. */
async function wayOf(by: WayName, folder: TwinFolder, { request, stacks }: Asked, signal: AbortSignal): Promise<Way> {
  const out = join(folder.path, "cdktf.out");
  const { placed } = synthesize({ ...request, estate: withStatesHere(request.estate) }, { out, ...(stacks && { stacks }) });
  if (by === "manifests") return new ByManifests(folder, placed);
  const place = { out, plans: join(folder.path, "plans"), kubeconfig: folder.kubeconfig };
  const terraform = await Terraform.find(place, process.env, signal);
  const counts = new Map<string, number>();
  for (const { stack } of placed) counts.set(stack, (counts.get(stack) ?? 0) + 1);
  const resources = (stack: string): number => counts.get(stack) ?? 0;
  return by === "terraform" ? new ByTerraform(folder, terraform, resources) : new ByCdktf(folder, terraform, resources, signal);
}

/** What is asked for at each site, what was deployed there before and is no stack any more among it. */
function stacksBySite({ request, stacks, isAsked }: Asked, way: Way): Map<string, string[]> {
  const names = stacks ?? stackNames(request);
  const bySite = Object.keys(request.estate.sites).map((site): [string, string[]] => {
    const isHere = (stack: string): boolean => stack.endsWith(`.${site}`);
    const gone = way.deployedTo(site).filter((stack) => isAsked(stack) && !names.includes(stack));
    return [site, [...names.filter(isHere), ...gone]];
  });
  return new Map(bySite.filter(([, here]) => here.length > 0));
}

const totalOf = ({ brought: { created, changed, unchanged, removed } }: DeployedSite): number => created + changed + unchanged + removed;

function jsonOf(by: WayName, deployed: readonly DeployedSite[]): string {
  const sites = deployed.map((each) => ({ ...each, objectsPerSecond: Math.round(totalOf(each) / each.seconds) }));
  return JSON.stringify({ version: 1, by, sites }, undefined, 2);
}

/** A site in words: `thr1: 412 objects in 1.3 s (317 a second): 412 created` and how its hosts and nodes stand. */
function wordsOf(site: DeployedSite): string {
  const { brought, seconds, settled, settling } = site;
  const { created, changed, removed } = brought;
  const done = Object.entries({ created, changed, removed }).flatMap(([what, count]) => (count > 0 ? `${figure(count)} ${what}` : []));
  const total = totalOf(site);
  const moved = [settled.joined > 0 ? `${settled.joined} joined` : "", settled.left > 0 ? `${settled.left} left` : ""].filter(
    (each) => each !== "",
  );
  const rest = moved.length > 0 ? ` (${moved.join(", ")}) after ${figure(settling)} s` : "";
  return [
    `${site.site}: ${several(total, "object")} in ${figure(seconds)} s (${figure(total / seconds)} a second): ${done.join(", ") || "nothing changed"}`,
    `  ${several(settled.provisioned, "host")} provisioned, ${settled.adopted} adopted and left alone, ${several(settled.nodes, "node")} Ready${rest}`,
  ].join("\n");
}
