/** The twin: real control planes on this machine, one a site; raised, opened and thrown away as a whole. */
import { mkdirSync, rmSync } from "node:fs";
import { several } from "../../allocation/words";
import { InputError } from "../../request/problem";
import { administrator } from "./authority";
import type { Connection } from "../api";
import { type SiteFolder, TwinFolder } from "./folder";
import { answerWithin } from "./health";
import { kubeconfigOf } from "./kubeconfig";
import { findTwinProcesses, stopTwinProcesses } from "./component";
import { isOf } from "./process";
import type { Programs } from "../programs/programs";
import { requireRoom } from "./siteRoom";
import { readDefinitions } from "./definitions";
import { type RaisedSite, raiseSite } from "./site";
import { keepClient, writePrivate } from "./siteKeys";
import { accessOf, readRecord } from "./siteRecord";
import { TwinSite } from "./twinSite";
import { alone, type AloneOptions } from "./writer";

/** What a twin is raised from. */
export interface TwinPlan {
  /** The twin's folder; see `twinFolderOf`. */
  readonly folder: string;
  /** The kubeconfig context of each site, by site. */
  readonly contexts: ReadonlyMap<string, string>;
  readonly programs: Programs;
  /** Told what is being done, a line a step. */
  readonly progress: (what: string) => void;
}

/** A twin that is up. */
export interface RaisedTwin {
  readonly kubeconfig: string;
  readonly sites: readonly RaisedSite[];
  /** Sites that were thrown away, because the estate has them no more. */
  readonly removed: readonly string[];
}

/**
 * Raises what is missing of a twin, and leaves alone what runs as it should. Whatever stopped an earlier command, this one goes on.
 * Throws an InputError where a program does not live, with the end of its log.
 */
export function raiseTwin({ folder: path, contexts, programs, progress }: TwinPlan): Promise<RaisedTwin> {
  const folder = new TwinFolder(path);
  return alone(folder.path, { progress }, async () => {
    mkdirSync(folder.path, { recursive: true, mode: 0o700 });
    const removed = folder.sites().filter(({ site }) => !contexts.has(site));
    for (const site of removed) {
      const ended = several(await throwAway(site), "process", "processes");
      progress(`${site.site} is no site of this estate: it was thrown away, with ${ended}`);
    }
    const running = await findTwinProcesses(folder.path);
    const isRunning = (site: SiteFolder): boolean => running.some((each) => isOf(site.path, each));
    requireRoom(folder.path, [...contexts.keys()].filter((site) => !isRunning(folder.site(site))).length);
    const crds = readDefinitions(programs.crds);
    const folders = Array.from(contexts, ([site, context]) => ({ folder: folder.site(site), context }));
    const taken = new Set(folders.flatMap((site) => Object.values(readRecord(site.folder)?.ports ?? {})));
    const sites = await together(
      folders.map(async (site) => {
        const raised = await raiseSite({ ...site, programs, crds, taken });
        progress(wordsOf(raised));
        return raised;
      }),
    );
    writePrivate(folder.kubeconfig, kubeconfigOf(await connectionsOf(folders)));
    return { kubeconfig: folder.kubeconfig, sites, removed: removed.map(({ site }) => site) };
  });
}

const wordsOf = ({ site, started, seconds }: RaisedSite): string =>
  started.length === 0 ? `${site} runs already` : `${site} is up after ${seconds.toFixed(1)} s; started ${started.join(", ")}`;

/** All of them, once every one has ended: while one fails, another must not still be at work. Throws all problems at once. */
async function together<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(work);
  const problems = ended.flatMap((one) => {
    if (one.status === "fulfilled") return [];
    if (!(one.reason instanceof InputError)) throw one.reason;
    return one.reason.problems;
  });
  if (problems.length > 0) throw new InputError(problems);
  return ended.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

async function connectionsOf(sites: readonly { folder: SiteFolder; context: string }[]): Promise<Map<string, Connection>> {
  const connections = new Map<string, Connection>();
  for (const { folder, context } of sites) {
    const access = accessOf(folder);
    if (!access) continue;
    const own = await keepClient(folder, access.authority, "administrator", administrator);
    connections.set(context, { server: access.server, ca: access.authority.cert, ...own });
  }
  return connections;
}

async function throwAway(site: SiteFolder): Promise<number> {
  const running = await findTwinProcesses(site.path);
  await stopTwinProcesses(running);
  rmSync(site.path, { recursive: true, force: true });
  return running.length;
}

/** What was there of a twin, and is gone. */
export interface LoweredTwin {
  readonly processes: number;
  readonly sites: readonly string[];
}

/** Throws a twin away: no process and no file of it is left. The programs in the user's cache stay. */
export function lowerTwin(path: string, progress: (what: string) => void = () => undefined): Promise<LoweredTwin> {
  const folder = new TwinFolder(path);
  return alone(folder.path, { progress }, async () => {
    const sites = folder.sites().map(({ site }) => site);
    const running = await findTwinProcesses(folder.path);
    await stopTwinProcesses(running);
    rmSync(folder.path, { recursive: true, force: true });
    return { processes: running.length, sites };
  });
}

/**
 * The sites of a twin that is up, by name, each with everybody's way to its API server; close them in the end. Throws an InputError
 * where there is no twin, or where an API server does not answer.
 */
export async function openTwin(path: string): Promise<ReadonlyMap<string, TwinSite>> {
  const folder = new TwinFolder(path);
  const sites = folder.sites().flatMap((site) => {
    const access = accessOf(site);
    return access ? [new TwinSite(access)] : [];
  });
  const silent: string[] = [];
  await Promise.all(
    sites.map(async (site) => {
      const api = await site.admin();
      const answer = await api.request("GET", "/readyz", { patience: answerWithin }).catch(() => undefined);
      if (answer?.status !== 200) silent.push(site.site);
    }),
  );
  if (sites.length > 0 && silent.length === 0) return new Map(sites.map((site) => [site.site, site]));
  await Promise.all(sites.map((site) => site.close()));
  const what =
    sites.length === 0 ? "there is no twin here" : `the twin is not up: the API server of ${silent.sort().join(" and ")} does not answer`;
  throw new InputError([{ message: `${what}; start it with \`npx zirsakht twin up\`` }]);
}

/**
 * Does what needs a twin that is up, while no other command changes it, and closes its sites in the end: only who is alone knows where they
 * are. Throws an InputError as `alone` and `openTwin` do.
 */
export function withTwin<T>(path: string, options: AloneOptions, work: (sites: ReadonlyMap<string, TwinSite>) => Promise<T>): Promise<T> {
  return alone(path, options, async () => {
    const sites = await openTwin(path);
    try {
      return await work(sites);
    } finally {
      await Promise.all([...sites.values()].map((site) => site.close()));
    }
  });
}
