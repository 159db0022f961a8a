/** How the programs are brought, with a Go that only writes down what it is asked; the real one builds in test/twin/live. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pins } from "../../../lib/twin/programs/modules";
import { crdFiles, programs, stageFiles } from "../../../lib/twin/programs/program";
import { bringPrograms, digestOf, type Programs } from "../../../lib/twin/programs/programs";

const names = programs.map(({ name }) => name);
const environment = process.env;
let folder = "";
let said: string[] = [];

const script = (version: string): string => `#!/bin/sh
cd "${folder}"
echo "$@" >> asked
case "$1" in
version) echo "go version go${version} linux/amd64" ;;
env) echo "${folder}" ;;
mod) printf '{"Dir":"%s"}' "${folder}/modules/$4" ;;
build)
  while [ "$1" != -o ]; do shift; done
  echo half > "$2"
  if [ -f stop ] && [ "\${2##*/}" = kwok ]; then echo "kwok.go:1:1: no luck" >&2; exit 1; fi
  echo whole > "$2" ;;
esac
`;

/** Puts a Go on the PATH, and nothing else that a build needs but nice; without a version there is no Go. */
function useGo(version?: string): void {
  rmSync(join(folder, "bin/go"), { force: true });
  if (version === undefined) return;
  writeFileSync(join(folder, "bin/go"), script(version));
  chmodSync(join(folder, "bin/go"), 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zirsakht-"));
  said = [];
  mkdirSync(join(folder, "bin"));
  symlinkSync(execFileSync("which", ["nice"], { encoding: "utf8" }).trim(), join(folder, "bin/nice"));
  for (const { from, paths } of [...crdFiles, stageFiles])
    for (const path of paths) {
      const file = join(folder, "modules", from, path.endsWith(".yaml") ? path : join(path, `${from.replaceAll("/", ".")}.yaml`));
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, `# ${path}\n`);
    }
  process.env = { ...environment, PATH: join(folder, "bin") };
  useGo("1.26.4");
});
afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

const bring = (): Promise<Programs> => bringPrograms({ cache: join(folder, "cache"), progress: (what) => said.push(what) });
const built = (): string[] =>
  readFileSync(join(folder, "asked"), "utf8")
    .split("\n")
    .flatMap((line) => /^build .* -o \S*\/(\S+) /.exec(line)?.slice(1) ?? []);

test("everything is brought once, in order; a second call builds nothing and needs no Go", async () => {
  const brought = await bring();
  expect(built()).toEqual(names);
  for (const name of names) expect(readFileSync(brought.path(name), "utf8")).toBe("whole\n");
  expect(readdirSync(brought.crds)).toHaveLength(crdFiles.length);
  expect(readFileSync(brought.stages, "utf8")).toBe(stageFiles.paths.map((path) => `# ${path}\n`).join("---\n"));
  expect(readdirSync(brought.folder).sort()).toEqual([...names, "crds", "stages.yaml"].sort());
  expect(said.slice(0, 2)).toEqual(["bringing the kinds' definitions (1 of 13)", "brought the kinds' definitions (1 of 13) in 0 s"]);
  expect(said.at(-1)).toMatch(/^brought nfd-master \(13 of 13\) in \d s$/);

  useGo();
  said = [];
  await bring();
  expect(said).toEqual([]);
});

test("what a stopped build left is not taken; the next call goes on with the rest", async () => {
  writeFileSync(join(folder, "stop"), "");
  await expect(bring()).rejects.toThrow("kwok: Go says: kwok.go:1:1: no luck");
  const left = join(folder, "cache/programs", digestOf());
  expect(readFileSync(join(left, "unfinished/kwok"), "utf8")).toBe("half\n");
  expect(existsSync(join(left, "kwok"))).toBe(false);

  rmSync(join(folder, "stop"));
  const before = built().length;
  const brought = await bring();
  expect(built().slice(before)).toEqual(names.slice(names.indexOf("kwok")));
  expect(readdirSync(brought.folder).sort()).toEqual([...names, "crds", "stages.yaml"].sort());
});

test("two at once wait for each other, and build once", async () => {
  const both = await Promise.all([bring(), bring()]);
  expect(both[0].folder).toBe(both[1].folder);
  expect(built()).toEqual(names);
  expect(said.filter((what) => what === "waiting for another build of the twin's programs")).toHaveLength(1);
});

test("without Go, or with an old one, it says which is needed and that the rest works", async () => {
  useGo();
  const wayOut = "install it from https://go.dev/doc/install; everything but the twin works without it";
  await expect(bring()).rejects.toThrow(`no Go on the PATH: the twin's programs are built with Go 1.26.0 or newer; ${wayOut}`);
  useGo("1.24.4");
  await expect(bring()).rejects.toThrow(`Go 1.24.4 is too old: the twin's programs are built with Go 1.26.0 or newer; ${wayOut}`);
});

test("other checksums are other programs", () => {
  expect(digestOf()).toBe(digestOf());
  expect(digestOf((name) => pins(name).replace("h1:q", "h1:r"))).not.toBe(digestOf());
});
