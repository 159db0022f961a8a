/** How far one site of the twin carries: ever more messengers and nodes until the machine bends; docs/scale.md has the figures. */
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { TwinFolder, twinFolderOf } from "../lib/twin/control/folder";
import type { SiteStatus } from "../lib/twin/control/status";
import type { DeployedSite } from "../lib/twin/deploy/deploy";
import { bringPrograms } from "../lib/twin/programs/programs";
import { allocateAll } from "./allocate";
import { withFleet } from "./fleet";
import type { Figure } from "./measure";

const main = join(__dirname, "../lib/cli/main.js");
/** Messengers of one site; about five nodes come with each. */
const rounds = [250, 500, 1000];
/** Of a thousand: with four servers of their own, and with hundreds. */
const [owning, large] = [500, 17];

/**
 * Runs a verb and answers what it printed as JSON, and its seconds; its progress goes to standard error.
 * @throws Error where it fails
 */
function verb(folder: string, ...words: readonly string[]): { readonly printed: unknown; readonly seconds: number } {
  const begin = performance.now();
  const { status, stdout, error } = spawnSync(process.execPath, [main, "twin", ...words], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`twin ${words.join(" ")} ended with ${status ?? "a signal"}`);
  return { printed: words.includes("json") ? JSON.parse(stdout) : undefined, seconds: (performance.now() - begin) / 1000 };
}

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

function measured(messengers: number, root: string): Figure[] {
  allocateAll(root);
  const folder = dirname(root);
  const deploy = () => verb(folder, "deploy", "--format", "json");
  try {
    verb(folder, "up");
    const first = deploy();
    const second = deploy();
    const status = verb(folder, "status", "--format", "json");
    const [site] = (first.printed as { readonly sites: readonly DeployedSite[] }).sites;
    const [{ components } = { components: [] }] = (status.printed as { readonly sites: readonly SiteStatus[] }).sites;
    const objects = site?.brought.created ?? 0;
    const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
    const database = sizeOf(new TwinFolder(twinFolderOf(folder)).site("s0").etcd);
    return [
      { name: `${messengers} messengers, ${site?.settled.nodes ?? 0} nodes: objects`, value: String(objects) },
      { name: "  brought", value: `${(objects / (site?.seconds ?? NaN)).toFixed(0)} a second` },
      { name: "  hosts provisioned and nodes Ready after that", value: `${(site?.settling ?? NaN).toFixed(0)} s` },
      { name: "  twin deploy, from start to end", value: `${first.seconds.toFixed(0)} s` },
      { name: "  twin deploy, when nothing is to change", value: `${second.seconds.toFixed(0)} s` },
      { name: "  twin status", value: `${status.seconds.toFixed(1)} s` },
      { name: "  etcd's folder", value: mebibytes(database) },
      ...components.map(({ program, memory = 0 }) => ({ name: `  resident: ${program}`, value: mebibytes(memory) })),
    ];
  } finally {
    verb(folder, "down");
  }
}

/** Raises a twin of one site for fleets of rising size, deploys everything twice, and looks at what that took. */
export async function scale(): Promise<Figure[]> {
  await bringPrograms({ progress: (what) => void process.stderr.write(`${what}\n`) });
  return rounds.flatMap((messengers) => {
    const kind = (index: number) => (index < (large * messengers) / 1000 ? "focus" : index % (1000 / owning) === 0 ? "own" : "pool");
    return withFleet({ messengers, sites: 1, racks: 250, kind }, (root) => {
      try {
        return measured(messengers, root);
      } catch (error) {
        // What smaller ones showed is not to be lost.
        return [
          { name: `${messengers} messengers`, value: "-", limit: error instanceof Error ? error.message : String(error), holds: false },
        ];
      }
    });
  });
}
