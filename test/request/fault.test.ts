import { conflictIn, placeOf, shortPlace } from "../../lib/request/fault";

test("a place counts lines and columns from 1", () => {
  expect(placeOf("f", "a\nbc\n", 3)).toEqual({ file: "f", line: 2, column: 2 });
  expect(shortPlace("a\nbc\n", 5)).toBe("3:1");
});

test.each(["<<<<<<< HEAD", "||||||| 1a2b3c4", "=======", ">>>>>>> other", "<<<<<<<"])(
  "git's mark %j is a conflict, with either end of line",
  (mark) => {
    const fault = { offset: 2, message: "a merge conflict stands here, which git leaves to you; do this" };
    for (const end of ["\n", "\r\n", ""]) expect(conflictIn(`a\n${mark}${end}`, "do this")).toEqual(fault);
  },
);

test.each([" =======", "========", "# =======", "<<<<<<", '"<<<<<<< HEAD"'])("%j is none", (line) => {
  expect(conflictIn(`a\n${line}\n`, "do this")).toBeUndefined();
});
