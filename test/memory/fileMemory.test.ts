import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { FileMemory } from "../../lib/memory/fileMemory";

const parent = mkdtempSync(join(tmpdir(), "memory-"));
afterAll(() => rmSync(parent, { recursive: true }));
const newFolder = () => join(mkdtempSync(join(parent, "m-")), "memory");

/** A run on a folder: each question in turn, and how many of them were computed. */
function run(folder: string, questions: readonly (readonly string[])[], code = "code"): { answers: unknown[]; made: number } {
  let made = 0;
  const memory = new FileMemory(folder, () => code);
  const answers = questions.map((inputs) =>
    memory.recall("answer", inputs, () => {
      made++;
      return { of: inputs, code };
    }),
  );
  memory.save();
  return { answers, made };
}

test("computes once, in a run and from run to run", () => {
  const folder = newFolder();
  expect(run(folder, [["a"], ["a"], ["b"]])).toMatchObject({ made: 2 });
  const again = run(folder, [["a"], ["b"], ["c"]]);
  expect(again).toEqual({ made: 1, answers: ["a", "b", "c"].map((input) => ({ of: [input], code: "code" })) });
});

test("another input, another split of the inputs or other code is another question", () => {
  const folder = newFolder();
  run(folder, [["ab", "c"]]);
  expect(run(folder, [["ab", "c"], ["a", "bc"], ["abc"], ["ab", "c", ""], ["ab", "d"]]).made).toBe(4);
  expect(run(folder, [["ab", "c"]], "other code").made).toBe(1);
});

test("results of another kind are apart, and what is undefined is not remembered", () => {
  const memory = new FileMemory(newFolder(), () => "code");
  expect(memory.recall("one", ["a"], () => 1)).toBe(1);
  expect(memory.recall("two", ["a"], () => 2)).toBe(2);
  expect(memory.recall<number | undefined>("three", ["a"], () => undefined)).toBeUndefined();
  expect(memory.recall("three", ["a"], () => 3)).toBe(3);
});

test("what is gone from the inputs goes; a run that asks for little keeps the rest", () => {
  const folder = newFolder();
  const all = Array.from({ length: 20 }, (_, index) => [String(index)]);
  run(folder, all);
  run(folder, [["0"], ["new"]]);
  expect(run(folder, all).made).toBe(0);
  expect(run(folder, [["new"]]).made).toBe(1);
});

test("only the user may read it", () => {
  const folder = newFolder();
  run(folder, [["a"]]);
  expect([statSync(folder).mode & 0o777, statSync(join(folder, "answer.json")).mode & 0o777]).toEqual([0o700, 0o600]);
});

describe("what others may have written is not believed", () => {
  const forge = (folder: string): string => {
    run(folder, [["a"]]);
    return join(folder, "answer.json");
  };

  test.each(["620", "602"])("a file with the mode %s", (mode) => {
    const folder = newFolder();
    chmodSync(forge(folder), mode);
    expect(run(folder, [["a"]]).made).toBe(1);
    // It was written anew, by us alone.
    expect(run(folder, [["a"], ["b"]]).made).toBe(1);
  });

  test.each(["720", "702"])("a folder with the mode %s", (mode) => {
    const folder = newFolder();
    forge(folder);
    chmodSync(folder, mode);
    expect(run(folder, [["a"], ["b"]]).made).toBe(2);
    chmodSync(folder, 0o700);
    // Nothing was written there.
    expect(run(folder, [["a"], ["b"]]).made).toBe(1);
  });

  test.each(["file", "folder"])("a %s of another user", (what) => {
    const folder = newFolder();
    const file = forge(folder);
    // Only root may give files away; for everybody else it is we who become another.
    const getuid = jest.spyOn(process, "getuid");
    if (process.getuid?.() === 0) chownSync(what === "file" ? file : folder, 4242, 4242);
    else getuid.mockReturnValue(4242);
    expect(run(folder, [["a"]]).made).toBe(1);
    getuid.mockRestore();
  });

  test("a link, which is not followed to write either", () => {
    const folder = newFolder();
    const file = forge(folder);
    const elsewhere = `${folder}-elsewhere`;
    renameSync(file, elsewhere);
    symlinkSync(elsewhere, file);
    const before = readFileSync(elsewhere, "utf8");
    expect(run(folder, [["a"], ["b"]]).made).toBe(2);
    expect(readFileSync(elsewhere, "utf8")).toBe(before);
  });

  test("but where the system knows no users, all is", () => {
    const folder = newFolder();
    chmodSync(forge(folder), 0o666);
    const { getuid } = process;
    delete process.getuid;
    try {
      expect(run(folder, [["a"]]).made).toBe(0);
    } finally {
      Object.assign(process, { getuid });
    }
  });
});

test("it may be deleted, be broken anywhere, or not be writable: the answers are the same", () => {
  const folder = newFolder();
  const questions = [["a"], ["b"]];
  const fresh = run(newFolder(), questions).answers;
  run(folder, questions);
  const file = join(folder, "answer.json");
  const whole = readFileSync(file);
  const poisons = fc.oneof(
    fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
      const broken = Buffer.from(whole);
      broken[at] = (broken[at] ?? 0) ^ by;
      return broken;
    }),
    fc.nat(whole.length).map((length) => whole.subarray(0, length)),
    fc.string().map((text) => Buffer.from(text)),
    fc.constant(Buffer.from(whole.toString().replace('["a"]', '["b"]'))),
  );
  fc.assert(
    fc.property(poisons, (poison) => {
      writeFileSync(file, poison);
      expect(run(folder, questions).answers).toEqual(fresh);
    }),
    { numRuns: 300 },
  );
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "a file where the folder should be");
  expect(run(folder, questions)).toEqual({ answers: fresh, made: 2 });
  rmSync(folder);
  expect(run(folder, questions).made).toBe(2);
  chmodSync(folder, 0o500);
  expect(run(folder, [["c"]]).answers).toHaveLength(1);
  chmodSync(folder, 0o700);
  expect(readdirSync(folder).filter((name) => !name.endsWith(".json"))).toEqual([]);
});
