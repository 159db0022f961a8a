import { valueAt } from "../../manifests/apiObject";
import { foundAt } from "../name";
import type { RiskRule } from "../rule";
import { changedHosts, deployed, detached, isAnnotated, isDeleted, isWiped, paused, whose, type Host, type HostChange } from "./host";
import { deletionText, isPoweredOff } from "./hostDeleted";

/** The verb that wipes on purpose: the states that it moves a server between, each in an apply of its own. */
function verbOf(host: HostChange): string | undefined {
  const { before, after } = host;
  if (isDeleted(host)) return host.change.action === "destroy" && before.state === "erasing" ? "by erased" : undefined;
  if (before.state === "draining" && after?.state === "erasing") return "by erase";
  return before.state === "rolling" && after?.state === "granted" && after.image !== undefined ? "by roll" : undefined;
}

/** What becomes of the disks (pkg/provisioner/ironic/ironic.go, Deprovision: automated_clean follows the spec of the host). */
function disks({ cleans }: Host, isGone: boolean): string {
  if (cleans) return "cleaning clears the partition tables of all its disks";
  return isGone ? "its disks keep what is on them, unerased" : "the root disk is written anew, the others keep what is on them";
}

function what(host: HostChange): string {
  const { before, after } = host;
  const verb = verbOf(host);
  if (!after || isDeleted(host)) {
    const stops = isPoweredOff(host) ? "powered off and deprovisioned" : "deprovisioned";
    return deletionText(host, "is wiped", `it is ${stops}; it ran ${deployed(before)}, and ${disks(before, true)}`, verb);
  }
  const states = after.state === before.state ? whose(before) : `${whose(before)} -> ${after.state ?? "without a state"}`;
  const guard = before.state === "granted" ? "; the site's guard refuses it as long as the live label says granted" : "";
  const waits = isAnnotated(after, paused) || isAnnotated(after, detached) ? ", as soon as the operator takes it up again" : "";
  return `is wiped${verb ? ` ${verb}, as it was meant` : ""}${waits} (${states}): ${deployed(before)} -> ${deployed(after)}; ${disks(after, false)}${guard}`;
}

/** Terraform deletes nothing of a stack that is gone; what prunes manifests does, but for what is marked. */
const isLeft = ({ before }: HostChange): boolean => valueAt(before.annotations, "kustomize.toolkit.fluxcd.io/prune") === "disabled";

/**
 * The operator deprovisions a host whose image URL or custom deploy changes or goes, and one whose object is deleted
 * (baremetal-operator 0.13.2, host_state_machine.go: provisioningCancelled, checkInitiateDelete). A checksum alone does nothing.
 */
export const hostWiped: RiskRule = {
  name: "host-wiped",
  why: "The operator deprovisions the server: what runs on it stops at once, and its system is gone.",
  find: (comparison) => {
    const gone = new Set(comparison.stacks.removed);
    return changedHosts(comparison).flatMap((host) => {
      if (!isWiped(host) || (gone.has(host.change.stack) && isLeft(host))) return [];
      const pruned = gone.has(host.change.stack)
        ? "; Terraform leaves it, for its stack is no longer made, but pruned manifests do it"
        : "";
      return foundAt(host.change, `${what(host)}${pruned}`);
    });
  },
};
