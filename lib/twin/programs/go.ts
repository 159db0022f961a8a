/** Go, which builds the twin's programs: found on the PATH, run by the rules of the twin's modules. */
import { InputError } from "../../request/problem";
import { type Answered, run } from "../run";

/** Where Go works: the folder of a go.mod, and a folder for what it needs while it works. */
export interface Place {
  readonly folder: string;
  readonly temporary: string;
}

/** Builds take every core, and give way to everything else. */
const niceness = "15";

/**
 * Nothing but go.mod and go.sum decides what is built: no other version of Go is fetched, no go.sum is mended, no workspace around the
 * project joins in. Where modules come from, and who vouches for those that are new, stays as the machine has it.
 */
const rules = { GOTOOLCHAIN: "local", GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off", CGO_ENABLED: "0" };

/** Runs Go; answers `undefined` where there is none. */
async function go(args: readonly string[], { folder, temporary }: Partial<Place> = {}): Promise<Answered | undefined> {
  const env = { ...process.env, ...rules, ...(temporary !== undefined && { GOTMPDIR: temporary }) };
  const answer = await run("nice", ["-n", niceness, "go", ...args], { cwd: folder, env });
  // nice ends with 127 where there is no such program.
  return answer?.code === 127 ? undefined : answer;
}

const wayOut = "install it from https://go.dev/doc/install; everything but the twin works without it";

/** Whether a version of Go, such as `1.27rc1`, is at least another. */
export function isAtLeast(version: string, needed: string): boolean {
  const numbers = (text: string): number[] => text.split(/\D+/).map(Number);
  const [has, wants] = [numbers(version), numbers(needed)];
  for (const at of [0, 1, 2]) {
    const difference = (has[at] ?? 0) - (wants[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Throws an InputError where Go is missing, or older than needed. */
export async function requireGo(needed: string): Promise<void> {
  const answer = await go(["version"]);
  const [, version] = /\bgo(\d\S*)/.exec(answer?.out.replace(/^go version /, "") ?? "") ?? [];
  if (version === undefined)
    throw new InputError([{ message: `no Go on the PATH: the twin's programs are built with Go ${needed} or newer; ${wayOut}` }]);
  if (!isAtLeast(version, needed))
    throw new InputError([{ message: `Go ${version} is too old: the twin's programs are built with Go ${needed} or newer; ${wayOut}` }]);
}

/** How Go says that it cannot reach where modules come from, or that they are not there. */
const unfetched = /dial tcp|no such host|timeout|proxyconnect|TLS handshake|x509: |module lookup disabled|: [45]\d\d /;

/** What Go's words mean for whoever waits for something of it. */
export function failure(what: string, words: string): InputError {
  const lines = words.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("go: downloading "));
  const lineWith = (mark: RegExp): string | undefined => lines.find((line) => mark.test(line));
  const last = lines.at(-1) ?? "it was stopped";
  const forged = words.includes("SECURITY ERROR") ? lineWith(/verifying /) : undefined;
  const meanings: readonly [meaning: string, line: string | undefined][] = [
    ["what was downloaded has not the checksum of go.sum, and nothing was built of it", forged],
    ["the disk is full", lineWith(/no space left on device/)],
    ["the memory ran out", lineWith(/signal: killed/)],
    ["its modules cannot be fetched from where `go env GOPROXY` says; set GOPROXY to what this machine can reach", lineWith(unfetched)],
  ];
  const [meaning, line] = meanings.find(([, found]) => found !== undefined) ?? ["Go says", last];
  return new InputError([{ message: `${what}: ${meaning}: ${line ?? last}` }]);
}

/** The folder of Go's build cache. */
export async function goCacheFolder(): Promise<string> {
  return (await go(["env", "GOCACHE"]))?.out.trim() ?? "";
}

/** How packages are compiled: without a path of the machine, and without what only a debugger reads. */
export const compileFlags: readonly string[] = ["-trimpath", "-gcflags=all=-dwarf=false"];

/**
 * The number of packages that are yet to be compiled for some programs of one place; Go's cache has the others. Their sources are
 * downloaded, and checked against go.sum, where that was not done before.
 */
export async function uncompiled(what: string, packages: readonly string[], place: Place): Promise<number> {
  const answer = await go(["list", ...compileFlags, "-deps", "-f", "{{if .Stale}}{{.ImportPath}}{{end}}", ...packages], place);
  if (answer?.code !== 0) throw failure(what, answer?.err ?? "");
  // A program itself always counts as not compiled.
  return answer.out.split("\n").filter((line) => line !== "" && !packages.includes(line)).length;
}

/** The folder of a Go module's files, downloaded and checked against go.sum where that was not done before. */
export async function moduleFiles(from: string, place: Place): Promise<string> {
  const { code, out, err } = (await go(["mod", "download", "-json", from], place)) ?? { code: 127, out: "", err: "" };
  const { Dir, Error: reason } = (out === "" ? {} : JSON.parse(out)) as { Dir?: string; Error?: string };
  if (code !== 0 || Dir === undefined) throw failure(from, reason ?? err);
  return Dir;
}

/** Builds a package into a file. The same sources give the same bytes: no path of the machine is in them. */
export async function build(name: string, target: string, linked: readonly string[], file: string, place: Place): Promise<void> {
  const ldflags = ["-s", "-w", ...linked.map((each) => `-X ${each}`)].join(" ");
  const answer = await go(["build", ...compileFlags, "-ldflags", ldflags, "-o", file, target], place);
  if (answer?.code !== 0) throw failure(name, answer?.err ?? "");
}
