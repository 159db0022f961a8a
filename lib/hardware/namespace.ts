/** The namespace of a site's hosts. The operator reads no Secret of another one, so everything about hosts is in it. */
import { guardedLabel } from "../cluster/labels";
import { namespaceDeleteTimeout, restricted } from "../cluster/namespace";
import { protection } from "../cluster/protection";
import { hardwareNamespace } from "../cluster/siteNamespaces";
import type { Construct } from "../engine/terraform";
import { NamespaceV1 } from "../engine/kubernetes";

export { hardwareNamespace };

/** The hardware namespace; deleting it would wipe every host in it, so it is always guarded. */
export class HardwareNamespace extends NamespaceV1 {
  constructor(scope: Construct, id: string) {
    const { lifecycle, annotations } = protection(true);
    super(scope, id, {
      metadata: { name: hardwareNamespace, labels: { ...restricted, [guardedLabel]: "true" }, annotations },
      ...(lifecycle && { lifecycle }),
      timeouts: { delete: namespaceDeleteTimeout },
    });
  }
}
