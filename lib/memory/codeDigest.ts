/** A digest of everything that computes, beside the inputs: this program, what it is made of, and what runs it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const lib = join(__dirname, "..");
// The compiler copies no data: dist/lib stands for lib, where the coefficients lie.
const sources = lib.replace(`${sep}dist${sep}lib`, `${sep}lib`);
const coefficients = join(sources, "sizing", "coefficients.yaml");

/** The package.json of a dependency, where Node would find it; its version stands in it. */
function manifestOf(name: string): string[] {
  const places = require.resolve.paths(name) ?? [];
  const file = places.map((place) => join(place, name, "package.json")).find((each) => existsSync(each));
  return file === undefined ? [] : [file];
}

/** Another digest where any file of the library, any version of its dependencies, Node's, or a setting of cdktf is another one. */
export function codeDigest(): string {
  const own = join(sources, "..", "package.json");
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(own, "utf8")) as Readonly<
    Record<"dependencies" | "peerDependencies", Readonly<Record<string, string>>>
  >;
  // A declaration computes nothing.
  const code = readdirSync(lib, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith(".d.ts"),
  );
  const files = [...code.map(({ parentPath, name }) => join(parentPath, name)).sort(), coefficients, own];
  const hash = createHash("sha256").update(process.version);
  for (const file of [...files, ...Object.keys({ ...dependencies, ...peerDependencies }).flatMap(manifestOf)])
    hash.update(`\0${relative(lib, file)}\0`).update(readFileSync(file));
  for (const [name, value = ""] of Object.entries(process.env).sort(([one], [other]) => (one < other ? -1 : 1)))
    if (/^(?:CDKTF|SYNTH)_/.test(name)) hash.update(`\0${name}=${value}`);
  return hash.digest("hex");
}
