/** A messenger's pods as its people write them down: docs/site.md says what such a pod must say. */
import { poolHolder } from "../../allocation/grant";
import { egressLabel, groupLabel, messengerLabel } from "../../cluster/labels";
import { namespaceOf } from "../../cluster/namespace";
import { priorityClassOf } from "../../cluster/priority";
import { quantity } from "../../cluster/quantity";
import type { ApiObject, JsonObject } from "../../manifests/apiObject";
import { egressResource } from "../../network/bandwidth";
import { rehearsalLabel, type DrillName } from "../drill";
import type { Requests } from "./podSize";
import type { Pods, Workload } from "./workload";

/** By what a Deployment finds its pods. */
export const nameLabel = "app.kubernetes.io/name";
/** The role of a pod. */
const roleLabel = "app.kubernetes.io/component";

/** The Deployments of a workload. */
export function deploymentsOf(workload: Workload, drill: DrillName): ApiObject[] {
  return workload.pods.map((pods) => deploymentOf(workload, pods, drill));
}

function deploymentOf(workload: Workload, pods: Pods, drill: DrillName): ApiObject {
  const labels = { [nameLabel]: pods.name, [roleLabel]: pods.role, [rehearsalLabel]: drill };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: pods.name, namespace: namespaceOf(workload.messenger.messenger), labels },
    spec: {
      replicas: pods.replicas,
      selector: { matchLabels: { [nameLabel]: pods.name } },
      // The quota has no room for two generations of pods at once.
      strategy: { type: "Recreate" },
      revisionHistoryLimit: 0,
      template: {
        metadata: {
          labels: { ...labels, ...(pods.leaves && { [egressLabel]: "true" }) },
          // Shaped to just what is asked for; own servers are policed at their ports.
          ...(pods.each.egressMbps > 0 && {
            annotations: { "kubernetes.io/egress-bandwidth": quantity(pods.each.egressMbps, "M") },
          }),
        },
        spec: podSpec(workload, pods),
      },
    },
  };
}

/** What a pod asks for, as the API server has it. */
export function requestsOf({ milliThreads, memoryMiB, egressMbps }: Requests): Readonly<Record<string, string>> {
  const bandwidth = egressMbps > 0 && { [egressResource]: quantity(egressMbps, "") };
  return { cpu: quantity(milliThreads, "m"), memory: quantity(memoryMiB, "Mi"), ...bandwidth };
}

function podSpec({ messenger, nodes }: Workload, { role, group, each }: Pods): JsonObject {
  const own = nodes !== poolHolder;
  const requests = requestsOf(each);
  const bandwidth = requests[egressResource];
  return {
    // The pool's servers serve all groups alike.
    nodeSelector: { [messengerLabel]: nodes, ...(own && { [groupLabel]: group }) },
    ...(own && { tolerations: [{ key: messengerLabel, value: messenger.messenger, effect: "NoSchedule" }] }),
    priorityClassName: priorityClassOf(messenger.tier),
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: role,
        image: `images.example/${messenger.messenger}/${role}:1`,
        resources: { requests, ...(bandwidth !== undefined && { limits: { [egressResource]: bandwidth } }) },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      },
    ],
  };
}
