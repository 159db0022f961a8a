/** What a container asks for when it says nothing: without it the quota would refuse the pod. */
import type { Construct, ITerraformDependable } from "../engine/terraform";
import { LimitRangeV1 } from "../engine/kubernetes";
import { quantity } from "./quantity";

export interface LimitsProps {
  readonly namespace: string;
  readonly dependsOn: ITerraformDependable[];
}

/** The namespace's LimitRange. It gives requests only: a default limit below a pod's own request would refuse that pod. */
export class Limits extends LimitRangeV1 {
  constructor(scope: Construct, id: string, props: LimitsProps) {
    super(scope, id, {
      metadata: { name: "defaults", namespace: props.namespace },
      spec: { limit: [{ type: "Container", defaultRequest: { cpu: quantity(100, "m"), memory: quantity(128, "Mi") } }] },
      dependsOn: props.dependsOn,
    });
  }
}
