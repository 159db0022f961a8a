import { Priority, tiers } from "../../lib/cluster/priority";
import { synthIn } from "../support/synth";

test("focus comes before on-request, and neither is a default", () => {
  const classes = synthIn((stack) => {
    for (const tier of tiers) new Priority(stack, tier, { tier });
  });
  const focus = classes.at("kubernetes_priority_class_v1.focus");
  const others = classes.at("kubernetes_priority_class_v1.on-request");
  expect(focus).toMatchObject({ metadata: { name: "zirsakht-focus" }, global_default: false, lifecycle: { prevent_destroy: true } });
  expect(others).toMatchObject({ metadata: { name: "zirsakht-on-request" }, global_default: false, lifecycle: { prevent_destroy: true } });
  expect(Number(focus.value)).toBeGreaterThan(Number(others.value));
});
