/** A folder in which the steps of a page are performed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { patched, standsIn, type Step } from "./page";

export class Workplace {
  /**
   * @param folder where it is
   * @param env more for the environment of its commands
   * @param prelude what bash reads before each command
   */
  constructor(
    readonly folder: string,
    private readonly env: Readonly<Record<string, string>> = {},
    private readonly prelude = "",
  ) {}

  /** Performs a step, and throws where it does not go as the page says. */
  perform(step: Step): void {
    if (step.kind === "write") this.write(step.file, step.text);
    else if (step.kind === "edit") this.write(step.file, patched(readFileSync(join(this.folder, step.file), "utf8"), step.diff));
    else this.run(step);
  }

  private run({ command, code, prints }: Extract<Step, { kind: "run" }>): void {
    const env = { ...process.env, NODE_OPTIONS: "", ...this.env };
    const { status, stdout, stderr } = spawnSync("bash", ["-c", `${this.prelude}\n${command}`], {
      cwd: this.folder,
      encoding: "utf8",
      env,
    });
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
