/** An object of a kind that the provider has no type for, as one `kubernetes_manifest`. */
import type { Construct, ITerraformDependable } from "../engine/terraform";
import { Manifest } from "../engine/kubernetes";
import { protection } from "./protection";

export interface CustomResourceProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - the kind is cluster-scoped */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec: object;
  /** Keeps Terraform, Argo CD and Flux from deleting it. @default false */
  readonly protect?: boolean;
  /** What must be there before it, and go after it. */
  readonly dependsOn?: ITerraformDependable[];
  /** How long a deletion may take, such as `30m`. @default - the provider's, 10 minutes */
  readonly deleteTimeout?: string;
}

/** Custom resources need the API server and their CRD at plan time, so everything with a type of its own uses that type. */
export class CustomResource extends Manifest {
  constructor(scope: Construct, id: string, props: CustomResourceProps) {
    const { lifecycle, annotations } = protection(props.protect ?? false);
    super(scope, id, {
      manifest: {
        apiVersion: props.apiVersion,
        kind: props.kind,
        metadata: {
          name: props.name,
          ...(props.namespace !== undefined && { namespace: props.namespace }),
          ...(props.labels && { labels: props.labels }),
          ...(lifecycle && { annotations }),
        },
        spec: props.spec,
      },
      ...(lifecycle && { lifecycle }),
      ...(props.dependsOn?.length && { dependsOn: props.dependsOn }),
      ...(props.deleteTimeout !== undefined && { timeouts: { delete: props.deleteTimeout } }),
    });
  }
}
