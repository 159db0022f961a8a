// Brings the schemas that test/manifests checks objects against into .zirsakht/schemas: the files that modules.json names, out of Go modules
// of pinned versions and checksums. Go's own settings say where modules come from. What is there already is not fetched again.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "../../.zirsakht/schemas");
const pinned = readFileSync(join(here, "modules.json"), "utf8");
const fail = (text) => {
  process.stderr.write(`schemas: ${text}\n`);
  process.exit(1);
};
const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

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
for (const { module, version, sum, files: wanted } of JSON.parse(pinned)) {
  // Outside of any module, so that no go.mod of this project has a say in the version.
  const run = spawnSync("go", ["mod", "download", "-json", `${module}@${version}`], { cwd: tmpdir(), encoding: "utf8" });
  const { Dir, Sum, Error: reason } = run.stdout ? JSON.parse(run.stdout) : {};
  if (!Dir) fail(`cannot fetch ${module} ${version}: ${reason ?? run.stderr}`);
  if (Sum !== sum) fail(`${module} ${version} has the checksum ${Sum}, not ${sum} as modules.json says`);
  for (const file of wanted) {
    const path = `${module}/${file}`;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(Dir, file), join(folder, path));
    files[path] = digest(join(folder, path));
  }
}
writeFileSync(join(folder, "index.json"), `${JSON.stringify({ pinned, files }, undefined, 2)}\n`);
