/** A messenger's namespace, and the labels by which every policy knows whose pods are in it. */
import type { Construct } from "../engine/terraform";
import { NamespaceV1 } from "../engine/kubernetes";
import type { Messenger } from "../request/messenger";
import { guardedLabel, messengerLabel, nodesBeforeLabel, nodesLabel, sectorLabel, tierLabel } from "./labels";
import type { Nodes } from "./nodes";
import { protection } from "./protection";

/** The namespace of a messenger's id. */
export function namespaceOf(messenger: string): string {
  return `messenger-${messenger}`;
}

/** Pod Security is always declared: the provider does not notice a label of kubernetes.io that somebody adds where none was written. */
export const restricted: Readonly<Record<string, string>> = Object.fromEntries(
  ["enforce", "audit", "warn"].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, "restricted"],
    [`pod-security.kubernetes.io/${mode}-version`, "latest"],
  ]),
);

/** Deleting a namespace waits for everything in it. */
export const namespaceDeleteTimeout = "30m";

export interface MessengerNamespaceProps {
  readonly messenger: Messenger;
  /** Where its pods run: the messenger's id for own servers, else `pool`; during a change of tier the old kind follows. */
  readonly nodes: Nodes;
  /** Whether it may not be deleted: false once its messenger is retired. */
  readonly guarded: boolean;
}

/** The namespace `messenger-<id>`. While it is guarded nothing deletes it: not Terraform, not a GitOps controller, not the API. */
export class MessengerNamespace extends NamespaceV1 {
  constructor(scope: Construct, id: string, props: MessengerNamespaceProps) {
    const { messenger, guarded } = props;
    const [nodes, nodesBefore] = props.nodes;
    const { lifecycle, annotations } = protection(guarded);
    super(scope, id, {
      metadata: {
        name: namespaceOf(messenger.messenger),
        labels: {
          ...restricted,
          [messengerLabel]: messenger.messenger,
          [tierLabel]: messenger.tier,
          [nodesLabel]: nodes,
          ...(nodesBefore !== undefined && { [nodesBeforeLabel]: nodesBefore }),
          ...(messenger.lifecycle.sector !== undefined && { [sectorLabel]: messenger.lifecycle.sector }),
          ...(guarded && { [guardedLabel]: "true" }),
        },
        annotations: { "zirsakht.ir/name-en": messenger.name.en, "zirsakht.ir/name-fa": messenger.name.fa, ...annotations },
      },
      ...(lifecycle && { lifecycle }),
      timeouts: { delete: namespaceDeleteTimeout },
    });
  }
}
