import { quotaPresent } from "../../lib/policy/quotaPresent";
import { breaches, namespace, placed } from "./tree";

const hard = {
  "requests.cpu": "1",
  "requests.memory": "1Gi",
  "requests.storage": "1Ti",
  "services.loadbalancers": "0",
  "services.nodeports": "0",
};
const remedy = "name each in the hard limits of a ResourceQuota without scopes";

test("a messenger's namespace with a whole quota passes, in one object or in two", () => {
  expect(breaches(quotaPresent, namespace(), placed("ResourceQuota", { spec: { hard } }))).toEqual([]);
  const { "requests.cpu": cpu, ...rest } = hard;
  expect(
    breaches(
      quotaPresent,
      namespace(),
      placed("ResourceQuota", { spec: { hard: { "requests.cpu": cpu } } }),
      placed("ResourceQuota", { spec: { hard: rest } }),
    ),
  ).toEqual([]);
});

test("a missing quota, a missing limit and a quota of some pods are found", () => {
  const all = Object.keys(hard).join(", ");
  expect(breaches(quotaPresent, namespace())).toEqual([
    `messenger-gap: spec.hard: the namespace messenger-gap has no quota of ${all}; ${remedy}`,
  ]);
  const { "requests.storage": storage, ...rest } = hard;
  expect(breaches(quotaPresent, namespace(), placed("ResourceQuota", { spec: { hard: rest } }))).toEqual([
    `a: spec.hard: the namespace messenger-gap has no quota of requests.storage; ${remedy}`,
  ]);
  expect(
    breaches(
      quotaPresent,
      namespace(),
      placed("ResourceQuota", { spec: { hard: rest } }),
      placed("ResourceQuota", { spec: { hard: { "requests.storage": storage }, scopes: ["BestEffort"] } }),
    ),
  ).toHaveLength(1);
});
