import { Limits } from "../../lib/cluster/limits";
import { synthIn } from "../support/synth";

test("containers that say nothing get a small request, and no limit that could refuse a larger one", () => {
  const limits = synthIn((stack) => new Limits(stack, "limits", { namespace: "messenger-bale", dependsOn: [] }));
  expect(limits.at("kubernetes_limit_range_v1.limits").spec).toEqual({
    limit: [{ type: "Container", default_request: { cpu: "100m", memory: "128Mi" } }],
  });
});
