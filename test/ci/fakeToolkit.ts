/** A folder for .ci/plan to run in, with a toolkit on the PATH that answers as a test says. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a verb prints, and how it ends; `diff` is named with its format, and so is `allocate` where it is asked for JSON. */
export interface Answer {
  readonly out?: string;
  readonly err?: string;
  readonly code?: number;
}
export type Answers = Readonly<
  Partial<Record<"validate" | "allocate" | "allocate-json" | "diff-markdown" | "diff-html" | "diff-json", Answer>>
>;

const npx = `#!/usr/bin/env bash
[ "$1 $2 $3" = "--no -- zirsakht" ] || exit 90
shift 3
echo "$*" >> "$FAKE/asked"
verb=$1
[ "$verb" = diff ] && verb=diff-$5
[ "$*" = "allocate --check --format json" ] && verb=allocate-json
[ -e "$FAKE/$verb.out" ] && cat "$FAKE/$verb.out"
[ -e "$FAKE/$verb.err" ] && cat "$FAKE/$verb.err" >&2
exit "$(cat "$FAKE/$verb.code" 2>/dev/null || echo 0)"
`;

const made: string[] = [];
afterAll(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An empty folder; it goes when the tests of the file end. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zirsakht-ci-"));
  made.push(folder);
  return folder;
}

/** The environment of a toolkit that answers so; `asked` reads the verbs that it was asked for. */
export function fakeToolkit(answers: Answers): { readonly env: NodeJS.ProcessEnv; readonly asked: () => string[] } {
  const folder = emptyFolder();
  mkdirSync(join(folder, "bin"));
  for (const [program, text] of [
    ["npx", npx],
    ["npm", "#!/bin/sh\n"],
  ] as const) {
    writeFileSync(join(folder, "bin", program), text);
    chmodSync(join(folder, "bin", program), 0o755);
  }
  for (const [verb, answer] of Object.entries(answers))
    for (const [part, value] of Object.entries(answer)) writeFileSync(join(folder, `${verb}.${part}`), String(value));
  const file = join(folder, "asked");
  return {
    env: { PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`, HOME: folder, FAKE: folder },
    asked: () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []),
  };
}

/** What is in the folder `report` of a folder, by name. */
export function reportIn(folder: string): Record<string, string> {
  const report = join(folder, "report");
  return Object.fromEntries(
    readdirSync(report)
      .sort()
      .map((file) => [file, readFileSync(join(report, file), "utf8")]),
  );
}

/** Runs a program to its end; what it says of its folder is without it. */
export function ended(
  folder: string,
  env: NodeJS.ProcessEnv,
  program: string,
  args: readonly string[],
): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: "utf8" });
  return { code: status, out: `${stdout}${stderr}`.replaceAll(folder, "FOLDER") };
}
