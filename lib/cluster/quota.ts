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

/** Amounts in base units: milli-threads, MiB, GB. */
interface Amounts {
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
  return {
    "requests.cpu": quantity(own.milliThreads + share.cpu * 1000, "m"),
    "requests.memory": quantity(own.memoryMiB + share.memoryGiB * mibPerGib, "Mi"),
    "requests.storage": storageOf(own, share.nvmeTiB + share.objectTiB),
    [`requests.${egressResource}`]: quantity(bandwidth?.egressMbps ?? 0, ""),
    [`requests.${ingressResource}`]: quantity(bandwidth?.ingressMbps ?? 0, ""),
    "services.loadbalancers": quantity(usableAddresses(grant.vips), ""),
    "services.nodeports": "0",
  };
}

export interface QuotaProps {
  readonly namespace: string;
  readonly classes: Estate["classes"];
  readonly grant: Grant;
  readonly dependsOn: ITerraformDependable[];
}

/** The namespace's ResourceQuota: own servers' capacity, or the share of the pool; both during a change of tier. */
export class Quota extends ResourceQuotaV1 {
  constructor(scope: Construct, id: string, props: QuotaProps) {
    super(scope, id, {
      metadata: { name: "grant", namespace: props.namespace },
      spec: { hard: { ...hardLimits(props.classes, props.grant) } },
      dependsOn: props.dependsOn,
    });
  }
}
