/** The workflows of .github as data: what they promise is checked there, not in their text. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const checkout = join(__dirname, "../..");

/** A step of a job. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: unknown;
  readonly secrets?: unknown;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly file: string;
  readonly text: string;
  readonly name: string;
  readonly on: Readonly<Record<string, { readonly types?: readonly string[]; readonly workflows?: readonly string[] }>>;
  readonly permissions?: object;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(checkout, ".github/workflows");

/** All of them, in order. */
export const workflows: readonly Workflow[] = readdirSync(folder)
  .sort()
  .map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return { ...(parse(text) as Omit<Workflow, "file" | "text">), file, text };
  });

/** One of them. */
export function workflowNamed(name: string): Workflow {
  const found = workflows.find((workflow) => workflow.name === name);
  if (!found) throw new Error(`no workflow is named ${name}`);
  return found;
}

/** A job of a workflow. */
export function jobOf(workflow: Workflow, name: string): Job {
  const job = workflow.jobs[name];
  if (!job) throw new Error(`${workflow.file} has no job ${name}`);
  return job;
}

/** Every step of a workflow. */
export const stepsOf = (workflow: Workflow): Step[] => Object.values(workflow.jobs).flatMap(({ steps }) => steps);
