import type { ApiObject } from "../../lib/manifests/apiObject";
import { hasCondition, isReady } from "../../lib/twin/condition";

const node = (...conditions: { type: string; status: string }[]): ApiObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "a" },
  status: { conditions },
});

test("a condition holds where its controller says so, and nowhere else", () => {
  expect(isReady(node({ type: "Ready", status: "True" }))).toBe(true);
  expect(isReady(node({ type: "Ready", status: "Unknown" }, { type: "Other", status: "True" }))).toBe(false);
  expect(isReady({ ...node(), status: {} })).toBe(false);
  expect(hasCondition(node({ type: "Established", status: "True" }), "Established")).toBe(true);
});
