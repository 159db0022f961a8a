import { stackLost } from "../../../lib/diff/risk/stackLost";
import { comparedSides, risksOf, sideObject } from "../sides";

const first = sideObject("Namespace");
const second = sideObject("ConfigMap");

test("a messenger's stack that is no longer made, with what to do", () => {
  expect(risksOf(stackLost, comparedSides([first, second], []))).toEqual([
    "gap.thr1 is no longer made while 2 objects of it may still stand; make the messenger absent first, apply, and remove its file once the state is empty",
  ]);
});

test("a site's stack", () => {
  expect(risksOf(stackLost, comparedSides([sideObject("Namespace", {}, { stack: "site.thr1" })], []))).toEqual([
    "site.thr1 is no longer made while 1 object of it may still stand",
  ]);
});

test("a stack that was emptied before, one that comes, and one that loses an object are none", () => {
  expect(risksOf(stackLost, { ...comparedSides([], []), stacks: { added: [], removed: ["gap.thr1"] } })).toEqual([]);
  expect(risksOf(stackLost, comparedSides([], [first]))).toEqual([]);
  expect(risksOf(stackLost, comparedSides([first, second], [first]))).toEqual([]);
});
