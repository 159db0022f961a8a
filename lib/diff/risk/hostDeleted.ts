/**
 * A host whose object is deleted. Several things become of it at once (it is powered off, its image goes, its guard goes), and the site's
 * guard refuses them all together (lib/cluster/admission/hosts.ts): so the rule of the gravest tells it, once and whole.
 */
import { valueAt } from "../../manifests/apiObject";
import { detached, isAnnotated, isDeleted, isWiped, whose, type HostChange } from "./host";

/** The gravest that becomes of a host. */
export type Fate = "wiped" | "lost" | "powered off";

/** Not where powering off is disabled, nor a detached host; but an adopted one too (host_state_machine.go, checkInitiateDelete). */
export function isPoweredOff({ before }: HostChange): boolean {
  return before.online && !isAnnotated(before, detached) && valueAt(before.spec, "disablePowerOff") !== true;
}

/** As what its deletion is told; nothing where its object stays, or nothing becomes of the server. */
export function fateOf(host: HostChange): Fate | undefined {
  if (!isDeleted(host)) return undefined;
  if (isWiped(host)) return "wiped";
  if (host.change.action === "destroy" && (host.before.adopted || isAnnotated(host.before, detached))) return "lost";
  return isPoweredOff(host) ? "powered off" : undefined;
}

/**
 * The deletion in words: that it is refused, or what becomes of the server.
 * @param said what becomes of it, in short
 * @param rest the same at length
 * @param verb the verb of this toolkit that does so on purpose. @default none
 */
export function deletionText({ change, before }: HostChange, said: string, rest: string, verb?: string): string {
  const isGuarded = before.state === "granted";
  const unless = isGuarded ? " unless the site's guard refuses it" : "";
  const meant = verb === undefined ? "" : ` ${verb}, as it was meant`;
  const anew = change.action === "replace" ? " and made anew" : change.before?.guarded ? ", and its prevent_destroy with it" : "";
  const refused = isGuarded
    ? "the guard refuses that as long as the live label says granted: then the apply fails and the server stays as it is; else "
    : "";
  return `${said}${unless}${meant} (${whose(before)}): its object is deleted${anew}; ${refused}${rest}`;
}
