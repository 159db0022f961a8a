/** Checks that a name stands for something. */
import type { Estate } from "../estate";
import { nearest } from "../issues";
import type { Finding, Path } from "../source";

/** A finding where `table` has no `name`; with the nearest that it has. */
export function* oneOf(path: Path, what: string, name: string, table: Readonly<Record<string, unknown>>): Generator<Finding> {
  if (Object.hasOwn(table, name)) return;
  const known = Object.keys(table);
  const near = nearest(name, known);
  const advice = near === undefined ? `expected one of ${known.slice(0, 20).join(", ")}` : `did you mean ${near}?`;
  yield { path, message: `${path.join(".")}: there is no ${what} ${name}, ${advice}` };
}

/** What the names of a site's servers look like. */
export function exampleServer({ sites }: Estate, site: string): string {
  const [rack] = Object.entries(sites[site]?.racks ?? {});
  return rack ? `expected a name such as ${site}-${rack[0]}-s01 (to s${String(rack[1].servers).padStart(2, "0")})` : "which has no racks";
}
