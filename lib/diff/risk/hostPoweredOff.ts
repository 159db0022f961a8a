import { isObject } from "../../manifests/apiObject";
import { foundAt } from "../name";
import type { RiskRule } from "../rule";
import { changedHosts, isAnnotated, isDeleted, whose, type Host, type HostChange } from "./host";
import { deletionText, fateOf } from "./hostDeleted";

const reboot = "reboot.metal3.io";

/** Reboot annotations that are new. One with a key keeps the host off until somebody takes it away (manageHostPower). */
function reboots(before: Host, after: Host): string[] {
  const names = isObject(after.annotations) ? Object.keys(after.annotations) : [];
  return names.filter((name) => (name === reboot || name.startsWith(`${reboot}/`)) && !isAnnotated(before, name)).sort();
}

function what(host: HostChange): string | undefined {
  const { before, after, change } = host;
  if (fateOf(host) === "powered off")
    return deletionText(host, `is powered off${change.action === "replace" ? "" : " for good"}`, "it is powered off, and nothing wipes it");
  if (!before.online || !after || isDeleted(host)) return undefined;
  const where = ` (${whose(before)})`;
  if (!after.online) return `is powered off: online true -> false${where}`;
  const [name] = reboots(before, after);
  if (name === undefined) return undefined;
  return name === reboot ? `is rebooted: annotation ${name}${where}` : `is powered off until the annotation ${name} is taken away${where}`;
}

/**
 * The operator holds the power of a provisioned or adopted host to `online`, and powers a host off before its object goes, an adopted
 * one too (baremetal-operator 0.13.2, baremetalhost_controller.go: manageHostPower, actionPowerOffBeforeDeleting;
 * host_state_machine.go: checkInitiateDelete).
 */
export const hostPoweredOff: RiskRule = {
  name: "host-powered-off",
  why: "What runs on the server stops without being moved away first.",
  find: (comparison) => {
    const gone = new Set(comparison.stacks.removed);
    return changedHosts(comparison).flatMap((host) => {
      const said = gone.has(host.change.stack) ? undefined : what(host);
      return said === undefined ? [] : foundAt(host.change, said);
    });
  },
};
