import { foundAt } from "../name";
import type { RiskRule } from "../rule";
import { changedHosts, detached, isAnnotated, isDeleted, paused, whose, type HostChange } from "./host";

function what(host: HostChange): string | undefined {
  const { before, after, change } = host;
  const annotated = [detached, paused].find((name) => after && isAnnotated(after, name) && !isAnnotated(before, name));
  if (annotated !== undefined && !isDeleted(host))
    return annotated === detached
      ? "the operator lets go of it: annotation baremetalhost.metal3.io/detached; what changes here takes effect when it is taken away"
      : "the operator no longer looks at it: annotation baremetalhost.metal3.io/paused; its object cannot be deleted either";
  if (!isDeleted(host) || change.action === "replace") return undefined;
  if (isAnnotated(before, detached))
    return "its object is deleted while it is detached: the server runs on, and nothing wipes it or knows it";
  if (!before.adopted) return undefined;
  const verb = before.state === "draining" ? "by erase, as it was meant: " : before.state === "rolling" ? "by roll, as it was meant: " : "";
  const guard = before.state === "granted" ? "; the site's guard refuses it as long as the live label says granted" : "";
  return `${verb}its object is deleted; it was adopted, so its disks keep what is on them, unerased${guard}`;
}

/**
 * A server that the operator no longer knows: an adopted host has no image to deprovision, so nothing wipes it when its object goes,
 * and no more is a detached host (baremetal-operator 0.13.2, host_state_machine.go: checkInitiateDelete, checkDetachedHost).
 */
export const hostLost: RiskRule = {
  name: "host-lost",
  why: "Nobody watches, powers or erases a server that the operator has lost; its data stays on it until somebody erases it.",
  find: (comparison) => {
    const gone = new Set(comparison.stacks.removed);
    return changedHosts(comparison).flatMap((host) => {
      const said = gone.has(host.change.stack) ? undefined : what(host);
      return said === undefined ? [] : foundAt(host.change, `is lost to the operator (${whose(host.before)}): ${said}`);
    });
  },
};
