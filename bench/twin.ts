/** How long the twin takes to be up, beside one bare cluster of the same programs. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { twinFolderOf } from "../lib/twin/control/folder";
import { bringPrograms, type Programs } from "../lib/twin/programs/programs";
import { twinStatus } from "../lib/twin/control/status";
import { type Figure, median } from "./measure";

const main = join(__dirname, "../lib/cli/main.js");
const stacks = join(__dirname, "../../stacks");
/** How often each is raised. */
const rounds = 3;
/** A twin of two sites, with operators and definitions, may take so many times a bare cluster. */
const limit = 3;

/**
 * Runs a command in a folder; its seconds.
 * @throws Error with what it wrote where it fails
 */
function seconds(folder: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  const begin = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status ?? "a signal"}: ${stdout}${stderr}`);
  return (performance.now() - begin) / 1000;
}

/** kwokctl with its binary runtime and our programs, until its cluster is ready, as ours is; everything of it stays below `folder`. */
function kwokctl(folder: string, { path }: Programs): { readonly create: () => number; readonly remove: () => number } {
  const env = { HOME: folder, PATH: process.env.PATH, KWOK_WORKDIR: join(folder, "kwok"), KWOK_KUBECTL_BINARY: path("kubectl") };
  const common = ["--name", "bare", "--kubeconfig", join(folder, "kubeconfig")];
  const binaries = (["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const).flatMap((name) => [
    `--${name}-binary`,
    path(name),
  ]);
  const create = [
    "create",
    "cluster",
    "--runtime",
    "binary",
    ...binaries,
    "--kwok-controller-binary",
    path("kwok"),
    "--wait",
    "60s",
    ...common,
  ];
  return {
    create: () => seconds(folder, path("kwokctl"), create, env),
    remove: () => seconds(folder, path("kwokctl"), ["delete", "cluster", ...common], env),
  };
}

/** Raises a bare cluster and the shipped estate's twin in turn, so that whatever else the machine does meets both alike. */
export async function twin(): Promise<Figure[]> {
  const programs = await bringPrograms({ progress: (what) => void process.stderr.write(`${what}\n`) });
  const folder = mkdtempSync(join(tmpdir(), "zirsakht-bench-"));
  const bare = kwokctl(folder, programs);
  const verb = (name: string): number => seconds(folder, process.execPath, [main, "twin", name, "--root", stacks]);
  const taken = { bare: [] as number[], twin: [] as number[], again: [] as number[], down: [] as number[] };
  let sites: Awaited<ReturnType<typeof twinStatus>> = [];
  try {
    for (let round = 0; round < rounds; round++) {
      taken.bare.push(bare.create());
      bare.remove();
      taken.twin.push(verb("up"));
      taken.again.push(verb("up"));
      sites = await twinStatus(twinFolderOf(folder));
      taken.down.push(verb("down"));
    }
  } finally {
    // Where one cannot be thrown away, the other must not stay.
    try {
      bare.remove();
    } finally {
      try {
        verb("down");
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  const [bareSeconds, twinSeconds] = [median(taken.bare), median(taken.twin)];
  const memory = sites.flatMap(({ components }) => components).reduce((sum, component) => sum + (component.memory ?? 0), 0);
  const shown = (name: string, value: number): Figure => ({ name, value: `${value.toFixed(2)} s` });
  return [
    shown("kwokctl create cluster, bare, ready", bareSeconds),
    shown(`zirsakht twin up, warm, ${sites.length} sites`, twinSeconds),
    {
      name: "  against the bare cluster",
      value: `${(twinSeconds / bareSeconds).toFixed(1)} times`,
      limit: `at most ${limit} times`,
      holds: twinSeconds <= limit * bareSeconds,
    },
    shown("zirsakht twin up, again", median(taken.again)),
    shown("zirsakht twin down", median(taken.down)),
    { name: "  memory of a site, resident", value: `${Math.round(memory / sites.length / 2 ** 20)} MiB` },
  ];
}
