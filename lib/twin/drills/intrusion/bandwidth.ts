/** What leaves the cluster from the pool's nodes: shaped, and never more than was granted. */
import { egressLabel } from "../../../cluster/labels";
import { egressResource } from "../../../network/bandwidth";
import type { JsonObject } from "../../../manifests/apiObject";
import { byPolicy, byQuota, change, create, inside, type Refused, type Table } from "./attempt";
import { podRefused } from "./pods";
import type { Target } from "./target";
import { leaving, pod, standing, type Change } from "./wellFormed";

const annotation = "kubernetes.io/egress-bandwidth";
const byBandwidth = byPolicy("bandwidth", `needs the annotation ${annotation}`);
const out = { [egressLabel]: "true" };
const asks = (mbps: string): JsonObject => ({
  resources: { requests: { [egressResource]: mbps }, limits: { [egressResource]: mbps } },
});

/** A pod that leaves, and differs from the well-formed one that does. */
const leaves = (what: string, changed: Change, by: Refused["by"] = byBandwidth): Refused => ({
  ...podRefused(`lets a pod leave the cluster ${what}`, by, (target) => (target.shaped ? changed : undefined)),
  control: (target) => create(inside(target.namespace, "v1", "pods"), pod(target, leaving(target))),
});

const amongPods = (target: Target): string => inside(target.namespace, "v1", "pods", standing);

export const bandwidth: Table = {
  promise: "nothing leaves the pool's nodes beyond the bandwidth that it asks for and was granted",
  attempts: [
    leaves("without any bandwidth", { labels: out }),
    leaves("with a shape and without a request", { labels: out, annotations: { [annotation]: "1M" } }),
    leaves("with a request and without a shape", { labels: out, container: asks("1") }),
    leaves("shaped to more than it asks for", { labels: out, annotations: { [annotation]: "2M" }, container: asks("1") }),
    leaves("shaped to nothing, which is no shape", { labels: out, annotations: { [annotation]: "0" }, container: asks("0") }),
    leaves("shaped to what is no number", { labels: out, annotations: { [annotation]: "much" }, container: asks("1") }),
    leaves("under another value of the label", { labels: { [egressLabel]: "yes" } }),
    leaves(
      "with more than the messenger was granted",
      { labels: out, annotations: { [annotation]: "900G" }, container: asks("900k") },
      byQuota(egressResource),
    ),
    {
      what: "lets a running pod leave the cluster",
      who: "deployer",
      want: "refused",
      by: byPolicy("bandwidth", "is set when a pod is created and stays"),
      request: (target) => change(amongPods(target), { metadata: { labels: out } }),
      control: (target) => change(amongPods(target), { metadata: { labels: { other: "true" } } }),
    },
  ],
};
