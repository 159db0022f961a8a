import { messengerOf } from "../../support/allocation";
import type { ApiObject, JsonObject } from "../../../lib/manifests/apiObject";
import { deploymentsOf } from "../../../lib/twin/load/deployment";
import { type Look, lookAt } from "../../../lib/twin/load/standing";
import type { Pods, Workload } from "../../../lib/twin/load/workload";

const gateway: Pods = {
  name: "gateway",
  role: "gateway",
  group: "all",
  replicas: 2,
  each: { milliThreads: 500, memoryMiB: 1024, egressMbps: 40 },
  leaves: true,
};
const workload = (pods: Pods = gateway): Workload => ({
  messenger: messengerOf("gap"),
  site: "thr1",
  nodes: "pool",
  degraded: 850,
  pods: [pods],
});
const namespace = "messenger-gap";

/** A pod as its Deployment makes it. */
function pod(change: { metadata?: JsonObject; spec?: JsonObject; status?: JsonObject } = {}, of = gateway): ApiObject {
  const [deployment] = deploymentsOf(workload(of), "peak");
  const { metadata, spec } = (deployment?.spec as { template: { metadata: JsonObject; spec: JsonObject } }).template;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, namespace, name: "gateway-x", ...change.metadata },
    spec: { ...spec, ...change.spec },
    status: change.status ?? {},
  };
}
const on = (node: string) => ({ spec: { nodeName: node } });

function look(
  pods: readonly ApiObject[],
  { sets = [] as ApiObject[], refused = new Map<string, string>(), lost = new Set<string>() } = {},
): Promise<Look> {
  const list = (path: string) => Promise.resolve(path.endsWith("/pods") ? [...pods] : sets);
  const api = { list, request: () => Promise.reject(new Error("nothing is changed")) };
  return lookAt({ site: "thr1", api, drill: "peak", workloads: [workload()], refused, lost });
}
const pendingOf = ({ pending }: Look) => pending.map(({ count, words }) => [count, words]);
const stuck: ApiObject = {
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  metadata: { name: "gateway-1", namespace, labels: { "app.kubernetes.io/name": "gateway" } },
  status: { conditions: [{ type: "ReplicaFailure", status: "True", message: "exceeded quota" }] },
};

test("pods with nodes that live are placed", async () => {
  const found = await look([pod(on("a")), pod(on("b"))]);
  expect(found.placed.map(({ messenger, node }) => [messenger, node])).toEqual([
    ["gap", "a"],
    ["gap", "b"],
  ]);
  expect(found).toMatchObject({ pending: [], stuck: [], leaving: false });
});

test("on a lost node, or on its way out, a pod is pending", async () => {
  const lost = new Set(["a"]);
  expect(pendingOf(await look([pod(on("a")), pod(on("b"))], { lost }))).toEqual([[1, undefined]]);
  const leaving = await look([pod(on("a")), pod({ ...on("b"), metadata: { deletionTimestamp: "2026-11-24T00:00:00Z" } })]);
  expect([pendingOf(leaving), leaving.leaving]).toEqual([[[1, undefined]], true]);
});

test.each([
  ["threads", { milliThreads: 501 }],
  ["memory", { memoryMiB: 1025 }],
  ["bandwidth", { egressMbps: 41 }],
  ["no bandwidth", { egressMbps: 0 }],
])("a pod of an earlier size that asks for other %s is none of now", async (_, change) => {
  const earlier = pod(on("b"), { ...gateway, each: { ...gateway.each, ...change } });
  expect(pendingOf(await look([pod(on("a")), earlier]))).toEqual([[1, undefined]]);
});

test("why pods are pending is said by the API server, else by the scheduler, else by whoever refused to make them", async () => {
  const status = { conditions: [{ type: "PodScheduled", status: "False", message: "0/9 nodes are available" }] };
  const refused = new Map([[`${namespace}/gateway`, "forbidden"]]);
  expect(pendingOf(await look([], { refused, sets: [stuck] }))).toEqual([[2, "forbidden"]]);
  expect(pendingOf(await look([pod(on("a"))], { sets: [stuck] }))).toEqual([[1, "exceeded quota"]]);
  const both = await look([pod({ status })], { sets: [stuck] });
  expect(pendingOf(both)).toEqual([[2, "0/9 nodes are available"]]);
  // One pod does not exist: who is stuck is known though the scheduler has spoken of the other.
  expect(both.stuck).toEqual([stuck]);
});
