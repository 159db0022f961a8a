import fc from "fast-check";
import { quantity } from "../../lib/cluster/quantity";
import { canonical, canonicalQuantities } from "../../lib/policy/canonicalQuantities";
import { breaches, placed } from "./tree";

/** As the API server of Kubernetes 1.36 writes them (apimachinery's resource.Quantity). */
test.each([
  ["0", "0"],
  ["0Gi", "0"],
  ["1", "1"],
  ["1000m", "1"],
  ["1500m", "1500m"],
  ["0.5", "500m"],
  ["1.0", "1"],
  ["2000", "2k"],
  ["2000k", "2M"],
  ["0.1k", "100"],
  ["1024Mi", "1Gi"],
  ["1536Mi", "1536Mi"],
  ["0.5Gi", "512Mi"],
  ["1024", "1024"],
  ["0.5Ki", "512"],
  ["0.1Ki", "102400m"],
  ["1n", "1n"],
  ["1000000000n", "1"],
  ["9007199254740993", "9007199254740993"],
  ["", undefined],
  ["ten", undefined],
  ["-1", undefined],
  ["1e3", undefined],
  ["0.1n", undefined],
  ["1 Gi", undefined],
])("%s is written %s", (text, written) => {
  expect(canonical(text)).toBe(written);
});

test("the constructs' own quantities are canonical, and canonical ones stay", () => {
  const suffix = fc.constantFrom("m", "", "k", "M", "G", "T", "Mi", "Gi", "Ti");
  fc.assert(
    fc.property(fc.nat(2 ** 40), suffix, (amount, unit) => {
      const text = quantity(amount, unit);
      expect(canonical(text)).toBe(text);
      expect(canonical(`${String(amount)}${unit}`)).toBe(text);
    }),
  );
});

test("canonical quantities pass in quotas, limits and node features", () => {
  expect(
    breaches(
      canonicalQuantities,
      placed("ResourceQuota", { spec: { hard: { "requests.cpu": "64", pods: "2k" } } }),
      placed("LimitRange", { spec: { limits: [{ type: "Container", default: { cpu: "500m" }, max: { memory: "1Gi" } }] } }),
      placed("NodeFeatureRule", { spec: { rules: [{ name: "a", extendedResources: { "zirsakht.ir/egress-mbps": "25k" } }] } }),
    ),
  ).toEqual([]);
});

test("others are found, with what to write", () => {
  expect(
    breaches(
      canonicalQuantities,
      placed("ResourceQuota", { spec: { hard: { "requests.cpu": "1000m", pods: "many" } } }),
      placed("LimitRange", { spec: { limits: [{ min: { cpu: "1" } }, { defaultRequest: { cpu: "0.5" } }] } }),
      placed("NodeFeatureRule", { spec: { rules: [{ extendedResources: { "zirsakht.ir/egress-mbps": 25000 } }] } }),
    ),
  ).toEqual([
    'a: spec.hard["requests.cpu"]: is "1000m", which the API server writes otherwise; write 1',
    'a: spec.hard["pods"]: is "many", which the API server writes otherwise; write a whole number with a suffix, such as 500m or 1Gi, as text',
    'a: spec.limits[1].defaultRequest["cpu"]: is "0.5", which the API server writes otherwise; write 500m',
    'a: spec.rules[0].extendedResources["zirsakht.ir/egress-mbps"]: is 25000, which the API server writes otherwise; write a whole number with a suffix, such as 500m or 1Gi, as text',
  ]);
});
