/** What a messenger's pods, claims and services may ask for together. */
import type { Grant } from "../allocation/grant";
import type { Construct, ITerraformDependable } from "../engine/terraform";
import { ResourceQuotaV1 } from "../engine/kubernetes";
import { usableAddresses } from "../network/addressPool";
import { egressResource, ingressResource } from "../network/bandwidth";
import type { Estate } from "../request/estate";
import { capacityOf } from "../request/server";
import { quantity } from "./quantity";

const mibPerGib = 1024;
/** What kubelet takes where nothing else is said (`maxPods` of its configuration). */
const podsPerServer = 110;
/** What each pod may ask for of its server's own drive: a little less than the least drive has for so many. */
const scratchGibPerPod = 3;
/** A pod of an object store has many drives, most others none. */
const claimsPerPod = 2;
/** Pods for each thread of a share: a little less than the pool's servers have places, so that nobody fills the places of others with small ones. */
const podsPerThread = 2;
/** Pods beside those, so that a small share runs every role, and rolls it out. */
const podsOfEveryShare = 32;

/**
 * How many objects of a kind, whatever they hold: all messengers' objects are in one etcd, and whoever fills it stops the site.
 * Deployments keep ten old ReplicaSets each by default, StatefulSets and DaemonSets as many revisions.
 */
export const objectLimits: Readonly<Record<string, string>> = {
  "count/configmaps": "200",
  "count/controllerrevisions.apps": "1320",
  "count/cronjobs.batch": "100",
  "count/daemonsets.apps": "20",
  "count/deployments.apps": "100",
  "count/horizontalpodautoscalers.autoscaling": "100",
  "count/jobs.batch": "500",
  "count/poddisruptionbudgets.policy": "100",
  "count/replicasets.apps": "1100",
  "count/secrets": "200",
  "count/serviceaccounts": "50",
  "count/services": "200",
  "count/statefulsets.apps": "100",
};

/** Amounts in base units: milli-threads, MiB, GB; and how many pods. */
interface Amounts {
  readonly pods: number;
  readonly milliThreads: number;
  readonly memoryMiB: number;
  readonly storageGB: number;
}

/** What the granted servers can allocate; a draining or rolling server takes no new pods. */
function ownCapacity(classes: Estate["classes"], grant: Grant): Amounts {
  const capacities = grant.servers.flatMap((server) => {
    const serverClass = classes[server.class];
    return server.state === "granted" && serverClass ? [capacityOf(serverClass)] : [];
  });
  return {
    pods: podsPerServer * capacities.length,
    milliThreads: capacities.reduce((sum, { milliThreads }) => sum + milliThreads, 0),
    memoryMiB: capacities.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
    storageGB: capacities.reduce((sum, { nvmeGB, diskGB }) => sum + nvmeGB + diskGB, 0),
  };
}

/** Claims of a share of the pool in TiB, as the lock has them; with own servers all in GB, rounded down. */
function storageOf(own: Amounts, poolTiB: number): string {
  return own.storageGB === 0 ? quantity(poolTiB, "Ti") : quantity(own.storageGB + Math.floor((poolTiB * 2 ** 40) / 1e9), "G");
}

/** The hard limits of a grant. */
export function hardLimits(classes: Estate["classes"], grant: Grant): Readonly<Record<string, string>> {
  const own = ownCapacity(classes, grant);
  const share = grant.quota ?? { cpu: 0, memoryGiB: 0, nvmeTiB: 0, objectTiB: 0 };
  // Own servers are policed at their switch ports, and their nodes offer no bandwidth to ask for.
  const bandwidth = grant.quota ? grant.bandwidth : undefined;
  const pods = own.pods + (grant.quota ? podsOfEveryShare + podsPerThread * share.cpu : 0);
  return {
    "requests.cpu": quantity(own.milliThreads + share.cpu * 1000, "m"),
    "requests.memory": quantity(own.memoryMiB + share.memoryGiB * mibPerGib, "Mi"),
    "requests.storage": storageOf(own, share.nvmeTiB + share.objectTiB),
    [`requests.${egressResource}`]: quantity(bandwidth?.egressMbps ?? 0, ""),
    [`requests.${ingressResource}`]: quantity(bandwidth?.ingressMbps ?? 0, ""),
    "services.loadbalancers": quantity(usableAddresses(grant.vips), ""),
    "services.nodeports": "0",
    pods: quantity(pods, ""),
    persistentvolumeclaims: quantity(pods * claimsPerPod, ""),
    "requests.ephemeral-storage": quantity(pods * scratchGibPerPod, "Gi"),
    ...objectLimits,
  };
}

export interface QuotaProps {
  readonly namespace: string;
  readonly classes: Estate["classes"];
  readonly grant: Grant;
  readonly dependsOn: ITerraformDependable[];
}

/** The one ResourceQuota of a messenger's namespace. */
export const quotaName = "grant";

/** The namespace's ResourceQuota: own servers' capacity, or the share of the pool; both during a change of tier. */
export class Quota extends ResourceQuotaV1 {
  constructor(scope: Construct, id: string, props: QuotaProps) {
    super(scope, id, {
      metadata: { name: quotaName, namespace: props.namespace },
      spec: { hard: { ...hardLimits(props.classes, props.grant) } },
      dependsOn: props.dependsOn,
    });
  }
}
