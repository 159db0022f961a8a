import { Construct } from "../../lib/engine/terraform";
import { ServiceAccountV1 } from "../../lib/engine/kubernetes";
import { Testing } from "../../lib/engine/testing";
import { ClusterStack } from "../../lib/stacks/clusterStack";
import { sampleEstate } from "../support/estate";
import { synth, synthIn } from "../support/synth";

const account = (scope: Construct, id: string) => new ServiceAccountV1(scope, id, { metadata: { name: "a" } });

test("the provider speaks to the site's own context, from a file that a variable can move", () => {
  const { json } = synthIn((stack) => account(stack, "account"));
  expect(json.provider).toEqual({ kubernetes: [{ config_path: "${var.kubeconfig}", config_context: "thr1" }] });
  expect(json.variable).toMatchObject({ kubeconfig: { default: "~/.kube/config" } });
});

test("an address is the path of ids, and a construct's own resource bears its construct's name", () => {
  const stack = synthIn((scope) => {
    const parent = new Construct(scope, "a-b");
    account(parent, "Resource");
    account(parent, "c");
    account(scope, "a");
    account(new Construct(scope, "a-"), "b-c");
  });
  expect(stack.addresses).toEqual([
    "kubernetes_service_account_v1.a",
    "kubernetes_service_account_v1.a-_b-c",
    "kubernetes_service_account_v1.a-b",
    "kubernetes_service_account_v1.a-b_c",
  ]);
});

test.each([
  [["chat.ex"], '"chat.ex"'],
  [["a_b"], '"a_b"'],
  [["1a"], '"1a"'],
  [["a", "b c"], '"a/b c"'],
])("the ids %j are refused: cdktf would drop characters, and merge what then meets", (ids, shown) => {
  const build = () =>
    synthIn((stack) => {
      const scope = ids.slice(0, -1).reduce<Construct>((parent, id) => new Construct(parent, id), stack);
      account(scope, ids.at(-1) ?? "");
    });
  expect(build).toThrow(
    `the construct id ${shown} in stack test.thr1 cannot be an address; use letters, digits and hyphens, a letter first`,
  );
});

test("two resources with one address are refused", () => {
  const stack = new ClusterStack(Testing.app(), "test.thr1", { estate: sampleEstate(), site: "thr1" });
  account(account(stack, "a"), "Resource");
  account(stack, "b").overrideLogicalId("a");
  expect(() => synth(stack)).toThrow(/one address, kubernetes_service_account_v1\.a; give one of them another id/);
});

test("a site that the estate lacks is refused", () => {
  expect(() => new ClusterStack(Testing.app(), "a.qom1", { estate: sampleEstate(), site: "qom1" })).toThrow(
    "stack a.qom1 is for the site qom1; the estate has thr1, mhd1",
  );
});

test("a value of another stack is refused", () => {
  const app = Testing.app();
  const props = { estate: sampleEstate(), site: "thr1" };
  const { id } = account(new ClusterStack(app, "one.thr1", props), "account");
  new ServiceAccountV1(new ClusterStack(app, "other.thr1", props), "account", { metadata: { name: id } });
  expect(() => app.synth()).toThrow(
    "kubernetes_service_account_v1.account.id of stack one.thr1 is used in another stack; pass the plain value instead, for a stack must apply while the other's site is down",
  );
});
