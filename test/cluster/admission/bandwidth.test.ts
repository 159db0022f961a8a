import { bandwidthRule } from "../../../lib/cluster/admission/bandwidth";
import { refusals } from "../../support/admission";

const namespace = { "zirsakht.ir/messenger": "bale", "zirsakht.ir/nodes": "pool" };
const container = (mbps?: string) => ({
  name: "c",
  ...(mbps !== undefined && { resources: { requests: { "zirsakht.ir/egress-mbps": mbps } } }),
});
const pod = (shaped: string | undefined, asked: (string | undefined)[], { label = "true", nodes = "pool" } = {}) => ({
  metadata: {
    ...(label !== "" && { labels: { "zirsakht.ir/egress": label } }),
    ...(shaped !== undefined && { annotations: { "kubernetes.io/egress-bandwidth": shaped } }),
  },
  spec: { nodeSelector: { "zirsakht.ir/messenger": nodes }, containers: asked.map(container) },
});
const create = (object: object) => refusals(bandwidthRule, { operation: "CREATE", object, namespace });
const mismatch = [
  "a pod with the label zirsakht.ir/egress needs the annotation kubernetes.io/egress-bandwidth, in bit/s, and its containers must ask for just as much of zirsakht.ir/egress-mbps, in Mbit/s",
];

test.each([
  ["100M", ["100"]],
  ["2G", ["2k"]],
  ["2000M", ["2k"]],
  ["150M", ["100", undefined, "50"]],
])("shaped to %s and asking for %j is admitted", (shaped, asked) => {
  expect(create(pod(shaped, asked))).toEqual([]);
});

test.each([
  [undefined, [undefined]],
  [undefined, ["100"]],
  ["100M", [undefined]],
  ["200M", ["100"]],
  ["100M", ["200"]],
  ["0", [undefined]],
  ["0", ["0"]],
  ["fast", ["100"]],
  ["100", ["100"]],
  ["500m", [undefined]],
])("shaped to %s and asking for %j is refused", (shaped, asked) => {
  expect(create(pod(shaped, asked))).toEqual(mismatch);
});

test("a pod without the label needs neither, and one on own servers needs no request", () => {
  expect(create(pod(undefined, [undefined], { label: "" }))).toEqual([]);
  expect(create(pod(undefined, [undefined], { nodes: "soroush" }))).toEqual([]);
});

test("the label comes with the pod: it is neither added nor changed later", () => {
  const update = (oldObject: object, object: object) => refusals(bandwidthRule, { operation: "UPDATE", oldObject, object, namespace });
  const message = ["the label zirsakht.ir/egress is set when a pod is created and stays"];
  expect(update(pod("100M", ["100"], { label: "" }), pod("100M", ["100"]))).toEqual(message);
  expect(update(pod("100M", ["100"], { label: "no" }), pod("100M", ["100"]))).toEqual(message);
  expect(update(pod("100M", ["100"]), pod("100M", ["100"]))).toEqual([]);
  expect(update(pod("100M", ["100"]), pod("1G", ["100"]))).toEqual(mismatch);
});
