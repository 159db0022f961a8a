/** The pages of docs/jobs and a copy of their company, on which their steps are performed one after another. */
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Step, stepsOf } from "./page";
import { Workplace } from "./workplace";

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
export class Company extends Workplace {
  /** @param env more for the environment of its commands */
  constructor(folder = mkdtempSync(join(tmpdir(), "zirsakht-jobs-")), env: Readonly<Record<string, string>> = {}) {
    super(folder, env, npx);
    cpSync(join(jobs, "stacks"), join(folder, "stacks"), { recursive: true });
  }
}
