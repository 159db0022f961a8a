import { limitRange } from "../../../lib/diff/security/limitRange";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, object } from "./compared";

const range = (...limits: JsonObject[]) => object("LimitRange", { spec: { limits } });
const container = (fields: JsonObject) => ({ type: "Container", ...fields });
const usual = range(container({ max: { cpu: "4", memory: "8Gi" } }), { type: "PersistentVolumeClaim", max: { storage: "1Ti" } });

test("a limit that is raised or goes widens; lowered it narrows", () => {
  const loose = range(container({ max: { cpu: "8" } }), { type: "PersistentVolumeClaim", max: { storage: "1Ti" } });
  expect(between(limitRange, usual, loose)).toEqual([
    "widens: Container max cpu 4 -> 8, Container max memory 8Gi -> no limit in messenger-gap",
  ]);
  expect(between(limitRange, loose, usual)).toEqual([
    "narrows: Container max cpu 8 -> 4, Container max memory no limit -> 8Gi in messenger-gap",
  ]);
});

test("defaults and ratios limit too; what is requested by default does not", () => {
  expect(
    between(limitRange, range(container({ default: { cpu: "1" }, maxLimitRequestRatio: { cpu: "2" } })), range(container({}))),
  ).toEqual(["widens: Container default cpu 1 -> no limit, Container maxLimitRequestRatio cpu 2 -> no limit in messenger-gap"]);
  expect(between(limitRange, range(container({ defaultRequest: { cpu: "1" } })), range(container({})))).toEqual([]);
});

test("an object that goes is told, and one that comes; equal quantities and another order are nothing", () => {
  expect(between(limitRange, range(container({ max: { cpu: "4" } })), undefined)).toEqual([
    "widens: is gone: Container max cpu 4 -> no limit in messenger-gap",
  ]);
  expect(between(limitRange, undefined, range(container({ max: { cpu: "4" } })))).toEqual([
    "narrows: is new: Container max cpu no limit -> 4 in messenger-gap",
  ]);
  const words = range(
    { type: "PersistentVolumeClaim", max: { storage: "1024Gi" } },
    container({ max: { memory: "8192Mi", cpu: "4000m" } }),
  );
  expect(between(limitRange, usual, words)).toEqual([]);
});
