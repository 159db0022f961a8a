/** Files of the repository that are made from the code: compared with what the code makes now. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");

/**
 * Expects the file to hold exactly this text. With `UPDATE=1` in the environment the file is written instead, for a person to review.
 *
 * @param file from the repository's root, such as schemas/size.json
 */
export function expectUpToDate(file: string, text: string): void {
  if (process.env.UPDATE === "1") writeFileSync(join(root, file), text);
  const found = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "";
  expect({ file, hint: "UPDATE=1 npx jest writes it", text: found }).toEqual({
    file,
    hint: "UPDATE=1 npx jest writes it",
    text,
  });
}

/** The text of a file in which the part between `<!-- name -->` and `<!-- /name -->` is replaced. */
export function withPart(file: string, name: string, part: string, text = readFileSync(join(root, file), "utf8")): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`${file} has no part ${name}`);
  return `${text.slice(0, start + open.length)}${part}\n${text.slice(end)}`;
}
