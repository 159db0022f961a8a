import { isObject, valueAt } from "../../manifests/apiObject";
import { foundAt } from "../name";
import type { RiskRule } from "../rule";
import { changedHosts, detached, isAnnotated, isDeleted, whose, type Host, type HostChange } from "./host";

const reboot = "reboot.metal3.io";

/** Reboot annotations that are new. One with a key keeps the host off until somebody takes it away (manageHostPower). */
function reboots(before: Host, after: Host): string[] {
  const names = isObject(after.annotations) ? Object.keys(after.annotations) : [];
  return names.filter((name) => (name === reboot || name.startsWith(`${reboot}/`)) && !isAnnotated(before, name)).sort();
}

function what(host: HostChange): string | undefined {
  const { before, after } = host;
  if (!before.online) return undefined;
  if (isDeleted(host)) {
    // Whether it was adopted or not; but neither where powering off is disabled, nor a detached host.
    if (isAnnotated(before, detached) || valueAt(before.spec, "disablePowerOff") === true) return undefined;
    return host.change.action === "replace"
      ? "is powered off, because its object is deleted and made anew"
      : "is powered off for good, because its object is deleted";
  }
  if (!after) return undefined;
  if (!after.online) return "is powered off: online true -> false";
  const [name] = reboots(before, after);
  if (name === undefined) return undefined;
  return name === reboot ? `is rebooted: annotation ${name}` : `is powered off until the annotation ${name} is taken away`;
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
      return said === undefined ? [] : foundAt(host.change, `${said} (${whose(host.before)})`);
    });
  },
};
