/** The provider's resources that the project uses. Deep paths: the whole provider takes half a second to load, these a tenth. */
// They load cdktf, which is to be loaded without its packer: terraform.ts sees to it.
import "./terraform";

export { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
export { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
export { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
export { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
export type { NetworkPolicyV1Spec } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
export { PriorityClassV1 } from "@cdktf/provider-kubernetes/lib/priority-class-v1";
export { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
export { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
export { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
export { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
export { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
export { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
