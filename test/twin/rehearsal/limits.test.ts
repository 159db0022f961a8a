import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drillNames } from "../../../lib/twin/drill";
import { twinLimits } from "../../../lib/twin/rehearsal/limits";

const page = readFileSync(join(__dirname, "../../../docs/twin.md"), "utf8").replace(/\s+/g, " ");

test("docs/twin.md says all that a twin cannot show, in the words of the rehearsal", () => {
  expect(twinLimits.map(({ what, why }) => `- ${what}: ${why}.`).filter((line) => !page.includes(line))).toEqual([]);
});

test("docs/twin.md says of every drill what it speaks for, in the order in which they run", () => {
  const places = drillNames.map((name) => page.indexOf(`| \`${name}\` `));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});
