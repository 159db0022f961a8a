import { planStacks } from "../../lib/stacks/app";
import { objectsOf } from "../../lib/cli/madeStacks";
import { originOf } from "../../lib/why/origin";
import { grantedRequest } from "../support/granted";
import { example } from "../manifests/realStacks";

/** Those that follow a need in figures: quotas, and hosts by their server's line. */
const byNeed = /^kubernetes_(?:resource_quota_v1\.quota|manifest\.hosts_[a-z0-9]+-r\d+-s\d+)$/;

test.each([
  ["the example", example()],
  ["the shared request", grantedRequest()],
])("every object of %s that follows no need has an origin of its own, and no other has one", (_, request) => {
  const plans = planStacks(request);
  const objects = [...objectsOf(plans)].flatMap(([stack, made]) =>
    plans
      .filter(({ name }) => name === stack)
      .flatMap((plan) => [...made.keys()].map((address) => ({ address, origin: originOf(plan, address) }))),
  );
  expect(objects.length).toBeGreaterThan(100);
  const odd = objects.filter(({ address, origin }) => (origin === undefined) !== byNeed.test(address));
  expect(odd.map(({ address }) => address)).toEqual([]);
});
