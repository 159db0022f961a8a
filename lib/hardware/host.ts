/** One server as a BareMetalHost. */
import type { GrantedServer } from "../allocation/grant";
import { CustomResource } from "../cluster/customResource";
import { groupLabel, messengerLabel, rackLabel, stateLabel } from "../cluster/labels";
import type { Construct, ITerraformDependable } from "../engine/terraform";
import type { ServerClass } from "../request/estate";
import type { Host as Wiring } from "../request/server";
import { hardwareNamespace } from "./namespace";

/** The Secret with the user data that makes a host a node; the site's set-up places it, and only its name stands anywhere here. */
export const joinSecret = "node-join";

/** What a host is provisioned with. */
export interface Provisioning {
  readonly image: { readonly url: string; readonly checksum: string };
  /** Whether it joins the site's cluster. */
  readonly joins: boolean;
  /** Names of Secrets in the hardware namespace. */
  readonly metaData: string;
  readonly networkData: string;
}

export interface HostProps {
  /** The messenger's id, or `pool`. */
  readonly holder: string;
  readonly server: GrantedServer;
  readonly wiring: Wiring;
  readonly rootDevice: ServerClass["rootDevice"];
  /** @default - it is adopted: already provisioned by somebody else */
  readonly provisioning?: Provisioning;
  readonly dependsOn: ITerraformDependable[];
}

/** A server is powered off before its host goes, and that takes minutes. */
const deleteTimeout = "30m";

/** The class's hints in the operator's words. Its gigabytes are GiB, so a decimal size is rounded down, or a drive of just that size would not fit. */
function rootDeviceHints({ minSize, ...hints }: ServerClass["rootDevice"]): object {
  return { ...hints, ...(minSize !== undefined && { minSizeGigabytes: Math.floor((minSize * 1e9) / 2 ** 30) }) };
}

function provisionedSpec({ image, joins, metaData, networkData }: Provisioning): object {
  const secret = (name: string) => ({ name, namespace: hardwareNamespace });
  return {
    image: { url: image.url, checksum: image.checksum.replace(/^sha256:/, ""), checksumType: "sha256" },
    ...(joins && { userData: secret(joinSecret) }),
    metaData: secret(metaData),
    networkData: secret(networkData),
  };
}

/**
 * A BareMetalHost. Its image is the lock's, by name; an image that changes or goes wipes the server, so while it is granted the
 * object is protected here and guarded by the site. The operator's cleaning is off: it clears partition tables on every change
 * of image, and erases nothing.
 */
export class Host extends CustomResource {
  constructor(scope: Construct, id: string, props: HostProps) {
    const { holder, server, wiring, rootDevice, provisioning } = props;
    super(scope, id, {
      apiVersion: "metal3.io/v1alpha1",
      kind: "BareMetalHost",
      name: server.name,
      namespace: hardwareNamespace,
      labels: { [messengerLabel]: holder, [groupLabel]: server.group, [rackLabel]: server.rack, [stateLabel]: server.state },
      spec: {
        online: true,
        bootMACAddress: wiring.nics[0]?.mac,
        bmc: { address: wiring.bmc.address, credentialsName: wiring.bmc.credentials },
        rootDeviceHints: rootDeviceHints(rootDevice),
        automatedCleaningMode: "disabled",
        ...(provisioning ? provisionedSpec(provisioning) : { externallyProvisioned: true }),
      },
      protect: server.state === "granted",
      dependsOn: props.dependsOn,
      deleteTimeout,
    });
  }
}
