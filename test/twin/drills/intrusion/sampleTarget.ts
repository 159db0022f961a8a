/** Targets made of the shared estate: one on its own servers, one on the pool's. */
import { targetsAt, type Target } from "../../../../lib/twin/drills/intrusion/target";
import { sampleMessenger } from "../../../support/estate";
import { grantedRequest } from "../../../support/granted";

const node = { apiVersion: "v1", kind: "Node", metadata: { name: "thr1-r01-s01", uid: "node-1" } };

/** What the drill finds at thr1. */
export function sampleTargets(messengers = [sampleMessenger("bale"), sampleMessenger("soroush")]): Target[] {
  return targetsAt(grantedRequest({ messengers }), "thr1", new Map([[node.metadata.name, node]]));
}

/** The target of a messenger. */
export function sampleTarget(messenger: "bale" | "soroush"): Target {
  const found = sampleTargets().find((target) => target.messenger === messenger);
  if (!found) throw new Error(`${messenger} is not at thr1`);
  return found;
}
