/** One site of the twin: its programs, raised in order, kept where they run already, started anew where they do not. */
import { mkdirSync, readFileSync } from "node:fs";
import type { ApiObject } from "../../manifests/apiObject";
import type { Certificate } from "./authority";
import type { Component } from "./component";
import { apiServer, at, controlPlane, controlPlaneIdentities, egressSelection, etcd, kubeconfigFor } from "./controlPlane";
import type { SiteFolder } from "./folder";
import { type Alive, awaitWell, ComponentError, deathOf, isDead } from "./health";
import { kubeconfigOf } from "./kubeconfig";
import { operatorIdentities, operators } from "./operators";
import { startProcess } from "./process";
import { ownStages, type Programs } from "../programs/programs";
import { setUpSite } from "./setUp";
import { settle } from "./settle";
import { keepClient, makeSiteKeys, writePrivate } from "./siteKeys";
import { writeRecord } from "./siteRecord";
import { TwinSite } from "./twinSite";

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
  const began = performance.now();
  const history: History = { stuck: new Set(), started: new Set() };
  for (let attempt = 1; ; attempt++) {
    try {
      const server = await raise(plan, history);
      const { folder, context } = plan;
      return { site: folder.site, context, server, started: [...history.started], seconds: (performance.now() - began) / 1000 };
    } catch (error) {
      if (!(error instanceof ComponentError) || !error.isWorthAnotherTry || attempt === attempts) throw error;
      history.stuck.add(error.program);
    }
  }
}

/** What the attempts to raise a site have shown. */
interface History {
  /** Programs whose processes did not become well. */
  readonly stuck: Set<string>;
  readonly started: Set<string>;
}

/** Raises it once; returns the API server's address. */
async function raise({ folder, context, programs, crds, taken }: SitePlan, { stuck, started }: History): Promise<string> {
  mkdirSync(folder.path, { recursive: true, mode: 0o700 });
  if (writePrivate(folder.egress, egressSelection())) stuck.add("kube-apiserver");
  // kwok reads its stages when it starts.
  if (writePrivate(folder.stages, [readFileSync(programs.stages, "utf8"), ...ownStages()].join("---\n"))) stuck.add("kwok");
  const authority = await makeSiteKeys(folder);
  const { ports, kept } = await settle({ folder, programs, taken, stuck });
  writeRecord(folder, { context, ports });
  const server = at(ports.apiServer);
  await writeKubeconfigs(folder, authority, server);
  const site = new TwinSite({ site: folder.site, server, authority, temporary: folder.temporary });
  const all: Alive[] = [];
  try {
    const api = await site.admin();
    const ensure = async (components: readonly Component[]): Promise<void> => {
      const alive = await Promise.all(components.map((component) => run(component, folder, programs, kept)));
      all.push(...alive);
      for (const { component, isNew } of alive) if (isNew) started.add(component.name);
      await awaitWell([...all], folder, api);
    };
    await ensure([etcd(folder), apiServer(folder, ports)]);
    const halves = [ensure(controlPlane(folder, ports)), setUpSite(api, folder.site, crds).then(() => ensure(operators(folder, ports)))];
    // Both end before the failure of one is told: what still works must not meet the next attempt.
    await Promise.allSettled(halves);
    await Promise.all(halves);
  } catch (error) {
    // Who died explains more than who missed it.
    const dead = all.find(isDead);
    throw dead ? deathOf(dead, folder) : error;
  } finally {
    await site.close();
  }
  return server;
}

/** The component's process: the one that runs already, or a new one. */
async function run(component: Component, folder: SiteFolder, programs: Programs, kept: ReadonlyMap<string, number>): Promise<Alive> {
  const { name, args, env = {} } = component;
  const pid = kept.get(name);
  if (pid !== undefined) return { component, pid, isNew: false };
  const start = { program: programs.path(name), args, env, cwd: folder.path, log: folder.log(name) };
  return { component, ...(await startProcess(start)), isNew: true };
}

async function writeKubeconfigs(folder: SiteFolder, authority: Certificate, server: string): Promise<void> {
  for (const [program, identity] of Object.entries({ ...controlPlaneIdentities, ...operatorIdentities })) {
    const own = await keepClient(folder, authority, program, identity);
    writePrivate(kubeconfigFor(folder, program), kubeconfigOf(new Map([[folder.site, { server, ca: authority.cert, ...own }]])));
  }
}
