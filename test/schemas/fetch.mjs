// Brings the schemas that test/manifests checks objects against into .zirsakht/schemas: the files that modules.json names, out of the Go
// modules that the twin is made of, in the versions and with the checksums of lib/twin/modules. Go's own settings say where modules come
// from. What is there already is not fetched again.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "../../.zirsakht/schemas");
const sets = join(here, "../../lib/twin/modules");
const list = readFileSync(join(here, "modules.json"), "utf8");
const sumsOf = (set) => readFileSync(join(sets, set, "go.sum"), "utf8");
/** What the fetched files are of; schemas.ts makes it anew. */
const pinned = createHash("sha256")
  .update([list, ...readdirSync(sets).sort().map(sumsOf)].join())
  .digest("hex");
const fail = (text) => {
  process.stderr.write(`schemas: ${text}\n`);
  process.exit(1);
};
const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** The version and the checksum of a module in a set; go.sum has a line of its own for the checksum of its go.mod alone. */
function pinOf(set, module) {
  const goMod = readFileSync(join(sets, set, "go.mod"), "utf8");
  const version = goMod.split(/\s*\n\s*/).find((line) => line.startsWith(`${module} v`))?.split(" ")[1];
  const sum = sumsOf(set).split("\n").find((line) => line.startsWith(`${module} ${version} `))?.split(" ")[2];
  if (!sum) fail(`lib/twin/modules/${set} does not pin ${module}`);
  return { version, sum };
}

/** Whether the folder holds the files of these very versions, unharmed. */
function isComplete() {
  try {
    const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
    return index.pinned === pinned && Object.entries(index.files).every(([path, sha256]) => digest(join(folder, path)) === sha256);
  } catch {
    return false;
  }
}

if (isComplete()) process.exit(0);
if (spawnSync("go", ["version"]).status !== 0) fail("Go is needed to fetch them and is not installed; install it (Debian: apt-get install golang-go)");
rmSync(folder, { recursive: true, force: true });
const files = {};
for (const { set, module, files: wanted } of JSON.parse(list)) {
  const { version, sum } = pinOf(set, module);
  // Outside of any module, so that a Go that is too old for the twin will do.
  const run = spawnSync("go", ["mod", "download", "-json", `${module}@${version}`], { cwd: tmpdir(), encoding: "utf8" });
  const { Dir, Sum, Error: reason } = run.stdout ? JSON.parse(run.stdout) : {};
  if (!Dir) fail(`cannot fetch ${module} ${version}: ${reason ?? run.stderr}`);
  if (Sum !== sum) fail(`${module} ${version} has the checksum ${Sum}, not ${sum} as lib/twin/modules/${set}/go.sum says`);
  for (const file of wanted) {
    const path = `${module}/${file}`;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(Dir, file), join(folder, path));
    files[path] = digest(join(folder, path));
  }
}
writeFileSync(join(folder, "index.json"), `${JSON.stringify({ pinned, files }, undefined, 2)}\n`);
