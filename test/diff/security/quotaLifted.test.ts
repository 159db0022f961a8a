import { quotaLifted } from "../../../lib/diff/security/quotaLifted";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, object } from "./compared";

const quota = (hard: JsonObject, spec: JsonObject = {}) => object("ResourceQuota", { spec: { hard, ...spec } });
const usual = quota({ pods: "10", "services.nodeports": "0" });

test("a quota that goes limits nothing more; a new one limits", () => {
  expect(between(quotaLifted, usual, undefined)).toEqual([
    "widens: is gone: nothing of it is limited any more in messenger-gap: pods 10, services.nodeports 0",
  ]);
  expect(between(quotaLifted, undefined, usual)).toEqual(["narrows: is new: it limits in messenger-gap: pods 10, services.nodeports 0"]);
});

test("a key that goes is no limit", () => {
  expect(between(quotaLifted, usual, quota({ "services.nodeports": "0" }))).toEqual(["widens: pods 10 -> no limit in messenger-gap"]);
  expect(between(quotaLifted, quota({ "services.nodeports": "0" }), usual)).toEqual(["narrows: pods no limit -> 10 in messenger-gap"]);
});

test("a larger number is capacity; more than the zero that forbade is told", () => {
  expect(between(quotaLifted, usual, quota({ "services.nodeports": "0", pods: "20" }))).toEqual([]);
  expect(between(quotaLifted, usual, quota({ pods: "10", "services.nodeports": "5" }))).toEqual([
    "widens: allows now what it forbade: services.nodeports 0 -> 5 in messenger-gap",
  ]);
  expect(between(quotaLifted, quota({ pods: "10", "services.nodeports": "5" }), usual)).toEqual([
    "narrows: forbids now: services.nodeports 5 -> 0 in messenger-gap",
  ]);
});

test("a scope that comes counts less", () => {
  const scoped = quota({ pods: "10", "services.nodeports": "0" }, { scopes: ["Terminating"] });
  expect(between(quotaLifted, usual, scoped)).toEqual(["widens: counts only what is in scope: Terminating in messenger-gap"]);
  expect(between(quotaLifted, scoped, usual)).toEqual(["narrows: no longer counts only what is in scope: Terminating in messenger-gap"]);
});

test("a whole stack that goes takes its quota along unsaid", () => {
  expect(between(quotaLifted, usual, undefined, { removed: ["gap.thr1"] })).toEqual([]);
});
