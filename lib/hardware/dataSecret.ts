/** A Secret that is none: data for a host's config drive, which the operator takes from Secrets only. */
import { messengerLabel } from "../cluster/labels";
import type { Construct, ITerraformDependable } from "../engine/terraform";
import { SecretV1 } from "../engine/kubernetes";
import { hardwareNamespace } from "./namespace";

export interface DataSecretProps {
  readonly name: string;
  /** The messenger's id, or `pool`. */
  readonly holder: string;
  /** One of the keys that the operator reads, and its text. Shown in full: it must hold nothing secret. */
  readonly data: { readonly metaData: string } | { readonly networkData: string };
  readonly dependsOn: ITerraformDependable[];
}

/** A Secret with metaData or networkData, in the hardware namespace. */
export class DataSecret extends SecretV1 {
  constructor(scope: Construct, id: string, props: DataSecretProps) {
    super(scope, id, {
      metadata: {
        name: props.name,
        namespace: hardwareNamespace,
        // The operator adds this label to what it reads; a plan without it would take it away again, for ever.
        labels: { "environment.metal3.io": "baremetal", [messengerLabel]: props.holder },
      },
      type: "Opaque",
      data: { ...props.data },
      ...(props.dependsOn.length > 0 && { dependsOn: props.dependsOn }),
    });
  }
}
