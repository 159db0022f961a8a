import { foundAt } from "../name";
import type { RiskRule } from "../rule";
import { changedHosts, detached, isAnnotated, isDeleted, paused, whose, type HostChange } from "./host";
import { deletionText, fateOf, isPoweredOff } from "./hostDeleted";

/** The verb that lets go of an adopted host on purpose, by the state that it gave. */
const verbs: Readonly<Record<string, string>> = { draining: "by erase", rolling: "by roll" };

function ofDeletion(host: HostChange): string {
  const { before } = host;
  const said = "is lost to the operator";
  if (isAnnotated(before, detached)) return deletionText(host, said, "it runs on, for it is detached, and nothing wipes it or knows it");
  const stops = isPoweredOff(host) ? "is powered off; it " : "";
  return deletionText(host, said, `it ${stops}was adopted, so its disks keep what is on them, unerased`, verbs[before.state ?? ""]);
}

function what(host: HostChange): string | undefined {
  const { before, after } = host;
  if (fateOf(host) === "lost") return ofDeletion(host);
  const annotated = [detached, paused].find((name) => after && isAnnotated(after, name) && !isAnnotated(before, name));
  if (annotated === undefined || isDeleted(host)) return undefined;
  const how =
    annotated === detached
      ? "the operator lets go of it: annotation baremetalhost.metal3.io/detached; what changes here takes effect when it is taken away"
      : "the operator no longer looks at it: annotation baremetalhost.metal3.io/paused; its object cannot be deleted either";
  return `is lost to the operator (${whose(before)}): ${how}`;
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
      return said === undefined ? [] : foundAt(host.change, said);
    });
  },
};
