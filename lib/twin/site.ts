/** One site of the twin: its programs, raised in order, kept where they run already, started anew where they do not. */
import { mkdirSync, readFileSync } from "node:fs";
import type { ApiObject } from "../manifests/apiObject";
import type { Certificate } from "./authority";
import { type Component, findTwinProcesses, stopTwinProcesses } from "./component";
import { apiServer, at, controlPlane, controlPlaneIdentities, etcd, kubeconfigFor } from "./controlPlane";
import type { SiteFolder } from "./folder";
import { type Alive, awaitWell, ComponentError } from "./health";
import { kubeconfigOf } from "./kubeconfig";
import { operatorIdentities, operators } from "./operators";
import { choosePorts, isFree, type Ports } from "./port";
import { commandLine, startProcess } from "./process";
import { ownStages, type Programs } from "./programs";
import { setUpSite } from "./setUp";
import { keepClient, makeSiteKeys, writePrivate } from "./siteKeys";
import { readRecord, writeRecord } from "./siteRecord";
import { TwinSite } from "./twinSite";

/** All components of a site, in the order in which they are raised. */
export function componentsOf(folder: SiteFolder, ports: Ports): Component[] {
  return [etcd(folder, ports), apiServer(folder, ports), ...controlPlane(folder, ports), ...operators(folder, ports)];
}

/** What a site is raised from. */
export interface SitePlan {
  readonly folder: SiteFolder;
  readonly context: string;
  readonly programs: Programs;
  readonly crds: readonly ApiObject[];
  /** Ports of the twin's other sites, and those given in this command. */
  readonly taken: Set<number>;
}

/** What became of a site. */
export interface RaisedSite {
  readonly site: string;
  readonly context: string;
  readonly server: string;
  /** The programs that were started; none where all ran already. */
  readonly started: readonly string[];
  /** Until all were well, in seconds. */
  readonly seconds: number;
}

/** How often a program that died is started anew where that may help. */
const attempts = 3;

/** Raises a site, whatever there is of it. Throws a ComponentError, with the end of its log, where a program does not live. */
export async function raiseSite(plan: SitePlan): Promise<RaisedSite> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await raise(plan);
    } catch (error) {
      if (!(error instanceof ComponentError) || !error.isWorthAnotherTry || attempt === attempts) throw error;
    }
  }
}

async function raise({ folder, context, programs, crds, taken }: SitePlan): Promise<RaisedSite> {
  const began = performance.now();
  mkdirSync(folder.path, { recursive: true, mode: 0o700 });
  writePrivate(folder.stages, [readFileSync(programs.stages, "utf8"), ...ownStages()].join("---\n"));
  const authority = await makeSiteKeys(folder);
  const { ports, kept } = await settle(folder, programs, taken);
  writeRecord(folder, { context, ports });
  const server = at(ports.apiServer);
  await writeKubeconfigs(folder, authority, server);
  const site = new TwinSite({ site: folder.site, server, authority });
  const all: Alive[] = [];
  try {
    const api = await site.admin();
    const ensure = async (components: readonly Component[]): Promise<void> => {
      all.push(...(await Promise.all(components.map((component) => run(component, folder, programs, kept)))));
      await awaitWell([...all], folder, api);
    };
    await ensure([etcd(folder, ports), apiServer(folder, ports)]);
    await Promise.all([
      ensure(controlPlane(folder, ports)),
      setUpSite(api, folder.site, crds).then(() => ensure(operators(folder, ports))),
    ]);
  } finally {
    await site.close();
  }
  const started = all.filter(({ isNew }) => isNew).map(({ component }) => component.name);
  return { site: folder.site, context, server, started, seconds: (performance.now() - began) / 1000 };
}

/** The component's process: the one that runs already, or a new one. */
async function run(component: Component, folder: SiteFolder, programs: Programs, kept: ReadonlyMap<string, number>): Promise<Alive> {
  const { name, args, env = {} } = component;
  const pid = kept.get(name);
  if (pid !== undefined) return { component, pid, isNew: false };
  const start = { program: programs.path(name), args, env, cwd: folder.path, log: folder.log(name) };
  return { component, pid: await startProcess(start), isNew: true };
}

/**
 * The ports, and the processes to keep, by program: those that run exactly as they would be started now. All others of the site are
 * stopped; where somebody has taken a port meanwhile, all are, because they know each other by their ports.
 */
async function settle(folder: SiteFolder, programs: Programs, taken: Set<number>): Promise<{ ports: Ports; kept: Map<string, number> }> {
  const known = readRecord(folder)?.ports ?? {};
  const ports = await choosePorts(known, taken);
  const components = componentsOf(folder, ports);
  const running = await findTwinProcesses(folder.path);
  const lines = new Map(components.map(({ name, args }) => [commandLine({ program: programs.path(name), args }), name]));
  const kept = new Map<string, number>();
  for (const { command, pid } of running) {
    const name = lines.get(command);
    if (name !== undefined && !kept.has(name)) kept.set(name, pid);
  }
  const keptPids = new Set(kept.values());
  await stopTwinProcesses(running.filter(({ pid }) => !keptPids.has(pid)));
  const lost = new Set<number>();
  for (const component of components.filter(({ name }) => !kept.has(name)))
    for (const port of component.ports) if (!(await isFree(port))) lost.add(port);
  if (lost.size === 0) return { ports, kept };
  await stopTwinProcesses(running.filter(({ pid }) => keptPids.has(pid)));
  const left = Object.fromEntries(Object.entries(ports).filter(([, port]) => !lost.has(port)));
  return { ports: await choosePorts(left, taken), kept: new Map() };
}

async function writeKubeconfigs(folder: SiteFolder, authority: Certificate, server: string): Promise<void> {
  for (const [program, identity] of Object.entries({ ...controlPlaneIdentities, ...operatorIdentities })) {
    const own = await keepClient(folder, authority, program, identity);
    writePrivate(kubeconfigFor(folder, program), kubeconfigOf(new Map([[folder.site, { server, ca: authority.cert, ...own }]])));
  }
}
