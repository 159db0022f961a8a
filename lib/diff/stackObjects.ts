/** A synthesized stack as the objects that are compared. */
import { isObject, valueAt, type JsonObject, type TerraformConfig } from "../manifests/apiObject";
import { toObjects } from "../manifests/objects";
import type { SideObject, StackObjects } from "./change";

/** Whether a resource's body carries `prevent_destroy`; cdktf writes the block as it is, or in a list of one. */
function isGuarded(body: JsonObject | undefined): boolean {
  const { lifecycle } = body ?? {};
  const block = Array.isArray(lifecycle) ? (lifecycle as readonly JsonObject[])[0] : lifecycle;
  return isObject(block) && valueAt(block, "prevent_destroy") === true;
}

/**
 * The objects of a stack.
 * @param config what its cdk.tf.json says
 * @throws InputError with every resource that is no object of the Kubernetes API, by its address
 */
export function stackObjectsOf(stack: string, site: string, config: TerraformConfig): StackObjects {
  return new Map(
    toObjects(stack, config).map(({ address, object }): [string, SideObject] => {
      const [type = "", id = ""] = address.split(".");
      return [address, { stack, site, address, object, guarded: isGuarded(config.resource?.[type]?.[id]) }];
    }),
  );
}
