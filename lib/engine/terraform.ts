/** Everything that the project uses of cdktf: its fork keeps names and logical ids, so the move to it is a change of this folder. */
import { bringArchiverBack } from "./noArchiver";

export { App } from "cdktf/lib/app";
export { TerraformBackend } from "cdktf/lib/terraform-backend";
export { TerraformElement } from "cdktf/lib/terraform-element";
export { TerraformResource } from "cdktf/lib/terraform-resource";
export { TerraformStack } from "cdktf/lib/terraform-stack";
export { TerraformVariable } from "cdktf/lib/terraform-variable";
export { Construct } from "constructs";
export type { StackManifest as StackEntry } from "cdktf/lib/manifest";
export type { TerraformOutput } from "cdktf/lib/terraform-output";
export type { TerraformRemoteState } from "cdktf/lib/terraform-remote-state";
export type { ITerraformDependable } from "cdktf/lib/terraform-dependable";

bringArchiverBack();
