import { several } from "../../allocation/words";
import { valueAt, type ApiObject } from "../../manifests/apiObject";
import type { Comparison, ObjectChange } from "../change";
import { foundAt } from "../name";
import type { RiskRule } from "../rule";
import { keysOf } from "../semantics/path";
import { changedHosts, isDeleted, isWiped } from "./host";

/** What the operator reads while it provisions, and not again (actionProvisioning, saveHostProvisioningSettings, updateBootModeStatus). */
const settings: readonly (readonly string[])[] = [
  ["spec", "userData"],
  ["spec", "metaData"],
  ["spec", "networkData"],
  ["spec", "preprovisioningNetworkDataName"],
  ["spec", "image", "checksum"],
  ["spec", "image", "checksumType"],
  ["spec", "image", "format"],
  ["spec", "image", "ociAuthSecretName"],
  ["spec", "rootDeviceHints"],
  ["spec", "raid"],
  ["spec", "firmware"],
  ["spec", "bootMode"],
  ["spec", "hardwareProfile"],
  // A custom deploy that is added beside the same image; another one, or one that goes, wipes.
  ["spec", "customDeploy"],
  // When it deprovisions.
  ["spec", "automatedCleaningMode"],
];

function settingOf(path: string): string | undefined {
  const keys = keysOf(path);
  return settings
    .find((setting) => setting.every((key, index) => key === keys[index]))
    ?.slice(1)
    .join(".");
}

/** The names of the hosts that read a Secret and are not provisioned again by this change. */
function readers({ sides, changes }: Comparison, { stack }: ObjectChange, secret: ApiObject): string[] | undefined {
  if (!sides) return undefined;
  const again = new Set(
    changedHosts({ changes } as Comparison).flatMap((host) => (isWiped(host) || isDeleted(host) ? host.change.address : [])),
  );
  return Array.from(sides.before.get(stack) ?? []).flatMap(([address, { object }]) => {
    const later = sides.after.get(stack)?.get(address)?.object;
    const reads = [object, later].some(
      (host) =>
        host?.kind === "BareMetalHost" &&
        host.metadata.namespace === secret.metadata.namespace &&
        ["metaData", "networkData", "userData"].some((field) => valueAt(host.spec, field, "name") === secret.metadata.name),
    );
    return reads && later && !again.has(address) ? object.metadata.name : [];
  });
}

/** The operator marks the Secrets that it reads so; the toolkit marks them before. */
const isForHosts = ({ kind, metadata }: ApiObject): boolean =>
  kind === "Secret" && valueAt(metadata, "labels", "environment.metal3.io") === "baremetal";

const some = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(", ") : `${names.slice(0, 5).join(", ")} and ${several(names.length - 5, "more", "more")}`;

function ofSecret(comparison: Comparison, change: ObjectChange): string | undefined {
  const secret = change.after?.object;
  if (!secret || !change.before || secret.kind !== "Secret") return undefined;
  const contents = change.attributes.flatMap(({ path }) => {
    const [first, key] = keysOf(path);
    return first === "data" && key !== undefined ? key : [];
  });
  const hosts = readers(comparison, change, secret);
  if (contents.length === 0 || (hosts ? hosts.length === 0 : !isForHosts(secret))) return undefined;
  const who = hosts ? `${several(hosts.length, "host")} (${some(hosts)})` : "the hosts that read it";
  return `${[...new Set(contents)].join(" and ")} changes, for ${who} only when they are provisioned again`;
}

/**
 * Changes that are accepted and do nothing: once a host is provisioned the operator looks at its power, its image URL and custom deploy
 * only (baremetal-operator 0.13.2, host_state_machine.go: handleProvisioned; baremetalhost_controller.go: actionManageSteadyState).
 */
export const hostIgnoredUntilProvisioned: RiskRule = {
  name: "host-ignored-until-provisioned",
  why: "The operator accepts the change and does nothing until it provisions the server again: the server stays as it is, whatever the plan says.",
  find: (comparison) => {
    const hosts = new Map(changedHosts(comparison).map((host) => [host.change, host]));
    return comparison.changes.flatMap((change) => {
      const host = hosts.get(change);
      if (!host) {
        const what = ofSecret(comparison, change);
        return what === undefined ? [] : foundAt(change, what);
      }
      if (isDeleted(host) || isWiped(host)) return [];
      const fields = [...new Set(change.attributes.flatMap(({ path }) => settingOf(path) ?? []))];
      return fields.length === 0 ? [] : foundAt(change, `nothing comes of ${fields.join(", ")} until it is provisioned again`);
    });
  },
};
