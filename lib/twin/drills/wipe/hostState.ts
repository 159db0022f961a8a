/** What may not change of a host whose server is in use. */
import type { Api } from "../../api";
import { hardwareNamespace } from "../../../hardware/namespace";
import { stateLabel } from "../../../cluster/labels";
import { valueAt, type ApiObject, type Json } from "../../../manifests/apiObject";

/** Where a site's hosts are. */
export const hostsPath = `/apis/metal3.io/v1alpha1/namespaces/${hardwareNamespace}/baremetalhosts`;

/** What the operator calls a host whose server runs. */
export const provisioned = "provisioned";
/** What it calls one that somebody else provisioned. */
export const externallyProvisioned = "externally provisioned";

/** A host's identity, what is asked of it, and what the operator did with it so far; each as text. */
export type HostState = Readonly<Record<string, string>>;

const textOf = (value: Json | undefined): string =>
  value === undefined || value === null ? "none" : typeof value === "string" ? value : JSON.stringify(value);

/**
 * What is watched of a host. `generation` rises with every change of its spec, its wanted power among them. Power itself says nothing
 * here: the operator's test mode has one switch for all hosts, which turns when any of them is deprovisioned.
 */
export function stateOf(host: ApiObject): HostState {
  const at = (...path: string[]): string => textOf(valueAt(host, ...path));
  const begun = (operation: string): string => at("status", "operationHistory", operation, "start");
  return {
    uid: at("metadata", "uid"),
    generation: at("metadata", "generation"),
    deletion: at("metadata", "deletionTimestamp"),
    label: at("metadata", "labels", stateLabel),
    provisioning: at("status", "provisioning", "state"),
    image: at("status", "provisioning", "image", "url"),
    provision: begun("provision"),
    deprovision: begun("deprovision"),
    reboot: Object.keys(host.metadata.annotations ?? {})
      .filter((key) => key.startsWith("reboot.metal3.io"))
      .sort()
      .join(" "),
  };
}

/** The guarded hosts of a site. */
export async function grantedHosts(api: Api): Promise<Map<string, ApiObject>> {
  const hosts = await api.list(hostsPath, { labelSelector: `${stateLabel}=granted` });
  return new Map(hosts.map((host) => [host.metadata.name, host]));
}

/** What became of hosts, in words; empty where nothing did. */
export function changesOf(before: ReadonlyMap<string, ApiObject>, after: ReadonlyMap<string, ApiObject>): string[] {
  return [...before].flatMap(([name, host]) => {
    const now = after.get(name);
    if (!now) return [`${name} is gone or granted no more`];
    const [old, present] = [stateOf(host), stateOf(now)];
    return Object.keys(old)
      .filter((key) => old[key] !== present[key])
      .map((key) => `${name}: ${key}: ${old[key] ?? ""} -> ${present[key] ?? ""}`);
  });
}
