import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatProblem } from "../../lib/request/problem";
import { readText } from "../../lib/request/textFile";

const folder = mkdtempSync(join(tmpdir(), "zirsakht-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "x.yaml");
const read = (bytes: Buffer | string) => {
  writeFileSync(file, bytes);
  const result = readText(file, 1000);
  return "problem" in result ? formatProblem(result.problem).replaceAll(`${folder}/`, "") : result.text;
};

test("UTF-8 is read as it stands", () => {
  expect(read("نام: سروش\n")).toBe("نام: سروش\n");
});

test.each([
  [
    "UTF-16 with a mark",
    Buffer.from("\ufeffa: 1", "utf16le"),
    "x.yaml:1:1: the file is UTF-16; save it as UTF-8 without a byte order mark",
  ],
  ["UTF-16 without one", Buffer.from("a: 1", "utf16le"), "x.yaml:1:1: the file is UTF-16; save it as UTF-8 without a byte order mark"],
  ["UTF-8 with a mark", "\ufeffa: 1", "x.yaml:1:1: the file is UTF-8 with a byte order mark; save it as UTF-8 without a byte order mark"],
  [
    "a stray byte",
    Buffer.concat([Buffer.from("a: 1\nنام: "), Buffer.from([0xe3, 0x28])]),
    "x.yaml:2:6: a byte that is no UTF-8; save the file as UTF-8",
  ],
  ["too much", "a".repeat(1001), "x.yaml:1:1: x.yaml has 1001 bytes, at most 1000 are read; is it the right file?"],
])("%s is refused", (_, bytes, expected) => {
  expect(read(bytes)).toBe(expected);
});

test("a file above its limit is refused before it is read", () => {
  truncateSync(file, 2 ** 33);
  const result = readText(file, 1000);
  expect("problem" in result && result.problem.message).toMatch(/has 8589934592 bytes/);
});

test("a device is no file", () => {
  expect(readText("/dev/null", 1000)).toMatchObject({ problem: { message: "/dev/null is no plain file, expected a file" } });
});
