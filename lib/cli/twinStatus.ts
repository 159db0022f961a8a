/** `twin status`: what runs of the twin of this working folder, and roughly what its API servers hold. */
import { twinFolderOf } from "../twin/control/folder";
import { type ComponentStatus, type SiteCounts, type SiteStatus, twinStatus } from "../twin/control/status";
import { type Block, figure, renderPage } from "../page/page";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Shows every site; ends with 2 where something is down, or where there is no twin. */
export async function run({ format }: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const sites = await twinStatus(twinFolderOf(process.cwd()));
  const isUp = sites.length > 0 && sites.every(({ components }) => components.every(({ state }) => state === "runs"));
  if (format === "json") terminal.out(JSON.stringify({ version: 1, up: isUp, sites }, undefined, 2));
  else {
    const remedy =
      sites.length === 0
        ? "There is no twin here; `npx zirsakht twin up` raises one."
        : "Something is down; `npx zirsakht twin up` repairs it.";
    terminal.out(renderPage([...sites.flatMap(blocksOf), { text: isUp ? "Everything runs." : remedy }], format));
  }
  return isUp ? 0 : 2;
}

function blocksOf({ site, context, server, components, counts }: SiteStatus): Block[] {
  const total = components.reduce((sum, { memory = 0 }) => sum + memory, 0);
  return [
    { heading: `${site}: ${server}, context ${context}`, level: 2 },
    {
      head: ["program", "state", "pid", "MiB"],
      rows: [...components.map(rowOf), ["together", "", "", mebibytes(total)]],
      numbers: [2, 3],
    },
    { list: counts ? linesOf(counts) : ["its API server does not answer, so nothing is counted"] },
  ];
}

const mebibytes = (bytes: number): string => figure(Math.round(bytes / 2 ** 20));

function rowOf({ program, state, pid, memory }: ComponentStatus): string[] {
  return [program, state, pid === undefined ? "" : String(pid), memory === undefined ? "" : mebibytes(memory)];
}

function linesOf({ nodes, hosts, pods, services }: SiteCounts): string[] {
  return [
    `nodes of servers: ${figure(nodes.ready)} ready, ${figure(nodes.other)} not`,
    `hosts: ${byState(hosts)}`,
    `pods: ${byState(pods)}`,
    `services that want an address: ${figure(services.withAddress)} have one, ${figure(services.without)} have none`,
  ];
}

function byState(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([state, count]) => `${figure(count)} ${state}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}
