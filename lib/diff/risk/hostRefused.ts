import { valueAt, type Json } from "../../manifests/apiObject";
import { foundAt } from "../name";
import type { RiskRule } from "../rule";
import { shownText } from "../semantics/sensitive";
import { changedHosts, detached, isAnnotated, isDeleted, isProvisioned, type Host } from "./host";

const said = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const shown = (value: string): string => (value === "" ? "none" : shownText(value));

function refusals(before: Host, after: Host): string[] {
  const at = (host: Host, ...path: string[]): string => said(valueAt(host.spec, ...path));
  const found: string[] = [];
  const [mac, newMac] = [at(before, "bootMACAddress"), at(after, "bootMACAddress")];
  if (mac !== "" && mac.toLowerCase() !== newMac.toLowerCase())
    found.push(`bootMACAddress ${shown(mac)} -> ${shown(newMac)}: once set, it may not change`);
  const [bmc, newBmc] = [at(before, "bmc", "address"), at(after, "bmc", "address")];
  if (bmc !== "" && bmc !== newBmc && !isAnnotated(before, detached))
    found.push(`bmc.address ${shown(bmc)} -> ${shown(newBmc)}: it may change only on a host that is registering or detached`);
  if (before.adopted && !after.adopted)
    found.push("externallyProvisioned true -> false: delete the object first, and make it anew (erase, or roll)");
  if (after.adopted && isProvisioned(before))
    found.push("externallyProvisioned false -> true: only a host that is available may become adopted, and this one is provisioned");
  if (before.online && !after.online && valueAt(after.spec, "disablePowerOff") === true)
    found.push("online true -> false: its power-off is disabled");
  return found;
}

/** What the operator's webhook refuses (baremetal-operator 0.13.2, baremetalhost_validation.go: validateChanges, validatePowerStatus). */
export const hostRefused: RiskRule = {
  name: "host-refused",
  why: "The operator's webhook refuses the change: the apply fails in the middle, with the other changes of its stack half done.",
  find: (comparison) =>
    changedHosts(comparison).flatMap((host) =>
      host.after && !isDeleted(host) ? refusals(host.before, host.after).map((what) => foundAt(host.change, what)) : [],
    ),
};
