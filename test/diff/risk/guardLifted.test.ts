import { guardLifted } from "../../../lib/diff/risk/guardLifted";
import { comparedSides, risksOf, sideObject } from "../sides";

const namespace = (guarded: boolean) => sideObject("Namespace", {}, { guarded, namespace: "" });
const neighbour = sideObject("ConfigMap");

test("an object that stays and loses its guard", () => {
  expect(risksOf(guardLifted, comparedSides([namespace(true)], [namespace(false)]))).toEqual([
    "Namespace a loses prevent_destroy: the next change may destroy it",
  ]);
});

test("an object that goes while it is guarded", () => {
  expect(risksOf(guardLifted, comparedSides([namespace(true), neighbour], [neighbour]))).toEqual([
    "Namespace a goes together with its guard prevent_destroy, which was not lifted in a change of its own",
  ]);
});

test("a guard that comes or stays, what had none, and a stack that is no longer made are none", () => {
  expect(risksOf(guardLifted, comparedSides([namespace(false)], [namespace(true)]))).toEqual([]);
  expect(risksOf(guardLifted, comparedSides([namespace(true)], [namespace(true)]))).toEqual([]);
  expect(risksOf(guardLifted, comparedSides([namespace(false), neighbour], [neighbour]))).toEqual([]);
  expect(risksOf(guardLifted, comparedSides([namespace(true)], []))).toEqual([]);
});
