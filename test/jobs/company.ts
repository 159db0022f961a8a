/** The pages of docs/jobs and a copy of their company, on which their steps are performed one after another. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { patched, standsIn, type Step, stepsOf } from "./page";

const checkout = join(__dirname, "../..");
/** Their folder. */
export const jobs = join(checkout, "docs/jobs");
/** `npx zirsakht` is the built command line. */
const npx = `npx() { shift; "${process.execPath}" "${join(checkout, "dist/lib/cli/main.js")}" "$@"; }`;

/** A page: its file's name and its steps. */
export interface Page {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** The index, which founds the company, and then every page that it lists, in its order: each goes on where the one before ended. */
export function pages(): Page[] {
  const index = readFileSync(join(jobs, "README.md"), "utf8");
  const names = [...index.matchAll(/^\d+\. .*\]\(([\w-]+\.md)\)/gm)].map(([, name]) => name ?? "");
  return ["README.md", ...names].map((name) => ({ name, steps: stepsOf(readFileSync(join(jobs, name), "utf8")) }));
}

/** A copy of the company in a folder of its own. */
export class Company {
  constructor(
    readonly folder = mkdtempSync(join(tmpdir(), "zirsakht-jobs-")),
    /** More for the environment of its commands. */
    private readonly env: Readonly<Record<string, string>> = {},
  ) {
    cpSync(join(jobs, "stacks"), join(folder, "stacks"), { recursive: true });
  }

  /** Performs a step, and throws where it does not go as the page says. */
  perform(step: Step): void {
    if (step.kind === "write") this.write(step.file, step.text);
    else if (step.kind === "edit") this.write(step.file, patched(readFileSync(join(this.folder, step.file), "utf8"), step.diff));
    else this.run(step);
  }

  private run({ command, code, prints }: Extract<Step, { kind: "run" }>): void {
    const env = { ...process.env, NODE_OPTIONS: "", ...this.env };
    const { status, stdout, stderr } = spawnSync("bash", ["-c", `${npx}\n${command}`], { cwd: this.folder, encoding: "utf8", env });
    const output = `${stderr}${stdout}`;
    if (status !== code) throw new Error(`it ends with ${status}, expected ${code}:\n${output}`);
    for (const excerpt of prints) if (!standsIn(excerpt, output)) throw new Error(`expected\n${excerpt}\nin\n${output}`);
  }

  private write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  throwAway(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
