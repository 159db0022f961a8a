import { stackOfPlan } from "../../../lib/diff/plan/stackName";

test.each([
  ["soroush.thr1.json", "soroush.thr1"],
  ["plans/soroush.thr1.plan.json", "soroush.thr1"],
  ["soroush.thr1.tfplan.json", "soroush.thr1"],
  ["cdktf.out/stacks/soroush.thr1/plan.json", "soroush.thr1"],
  ["cdktf.out/stacks/soroush.thr1/tfplan", "soroush.thr1"],
  ["stacks\\site.thr1\\plan.json", "site.thr1"],
  ["plan.json", undefined],
  ["./plans/soroush.plan.json", undefined],
  ["Soroush.thr1.json", undefined],
  ["soroush.thr1.old.json", undefined],
])("%s is of %s", (file, stack) => {
  expect(stackOfPlan(file)).toBe(stack);
});
