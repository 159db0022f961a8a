/** What of a site that was raised before is to stay, and what must go before it is raised again. */
import { type Component, findTwinProcesses, stopTwinProcesses } from "./component";
import { apiServer, controlPlane, etcd } from "./controlPlane";
import type { SiteFolder } from "./folder";
import { operators } from "./operators";
import { choosePorts, isFree, type Ports } from "./port";
import { commandLine } from "./process";
import type { Programs } from "../programs/programs";
import { readRecord } from "./siteRecord";

/** All components of a site, in the order in which they are raised. */
export function componentsOf(folder: SiteFolder, ports: Ports): Component[] {
  return [etcd(folder), apiServer(folder, ports), ...controlPlane(folder, ports), ...operators(folder, ports)];
}

/** A site as an earlier command may have left it. */
export interface Unsettled {
  readonly folder: SiteFolder;
  readonly programs: Programs;
  /** Ports of the twin's other sites, and those given in this command. */
  readonly taken: Set<number>;
  /** Programs whose processes must not stay, however well they look. */
  readonly stuck: ReadonlySet<string>;
}

/** What stays of it. */
export interface Settled {
  readonly ports: Ports;
  /** Process ids by program. */
  readonly kept: ReadonlyMap<string, number>;
}

/**
 * Finds what of a site is to stay: the processes that run exactly as they would be started now, and the ports. All others of the site are
 * stopped; where somebody has taken a port meanwhile, all are, because they know each other by their ports.
 */
export async function settle({ folder, programs, taken, stuck }: Unsettled): Promise<Settled> {
  const known = readRecord(folder)?.ports ?? {};
  const ports = await choosePorts(known, taken);
  const components = componentsOf(folder, ports);
  const running = await findTwinProcesses(folder.path);
  const lines = new Map(components.map(({ name, args }) => [commandLine({ program: programs.path(name), args }), name]));
  const kept = new Map<string, number>();
  for (const { command, pid } of running) {
    const name = lines.get(command);
    if (name !== undefined && !kept.has(name) && !stuck.has(name)) kept.set(name, pid);
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
