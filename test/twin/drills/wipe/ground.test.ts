/** What becomes of tried roads in the rehearsal's lines. */
import { type Ground, inShort, roadVerdict } from "../../../../lib/twin/drills/wipe/ground";

const ground = { site: "thr1" } as Ground;
const line = { promise: "no road wipes or stops a server in use", about: "thr1", done: "power off" };

test("a road that was refused everywhere is closed, in the guard's first words", () => {
  const tried = ["s1", "s2"].map((name) => ({ name, refused: true, said: "it wipes; do this instead" }));
  expect(roadVerdict(ground, "power off", tried, [])).toEqual({ ...line, seen: "2 of 2 refused: it wipes", kept: true });
});

test("a road that is open somewhere is named, with what happened to any host", () => {
  const tried = [
    { name: "s1", refused: true, said: "it wipes" },
    { name: "s2", refused: false, said: "it was done" },
  ];
  expect(roadVerdict(ground, "power off", tried, ["s3: image: a -> b"])).toEqual({
    ...line,
    seen: "s2: it was done; s3: image: a -> b",
    kept: false,
  });
});

test("a host that changed breaks the promise, though everything was refused", () => {
  const verdict = roadVerdict(ground, "power off", [{ name: "s1", refused: true, said: "it wipes" }], ["s1: uid: 1 -> 2"]);
  expect(verdict).toEqual({ ...line, seen: "s1: uid: 1 -> 2", kept: false });
});

test("a road that could not be tried is neither closed nor open", () => {
  expect(roadVerdict(ground, "power off", [{ name: "s1", refused: undefined, said: "nobody answered" }], [])).toEqual({
    ...line,
    done: "nothing",
    seen: "power off: nobody answered",
    kept: true,
  });
});

test("of many problems the first are said, and how many more there are", () => {
  expect(inShort(["a", "b", "c"], 2)).toBe("a; b; and 1 more");
});
