/** The same finding over many stacks, as one. */
import type { Finding } from "../rule";
import { firstNames } from "./firstNames";

export interface FoldedFinding<F extends Finding> {
  /** The first of them, which speaks for all. */
  readonly finding: F;
  /** All of them, the first included. */
  readonly all: readonly F[];
}

/** Findings of one rule that say the same but for the names of their messenger, site and server, in the order of the first. */
export function foldFindings<F extends Finding>(findings: readonly F[]): FoldedFinding<F>[] {
  const folded = new Map<string, F[]>();
  for (const finding of findings) {
    const names = namesOf(finding);
    const key = JSON.stringify([finding.rule, finding.why, unnamed(finding.what, names), unnamed(finding.object, names)]);
    const alike = folded.get(key);
    if (alike) alike.push(finding);
    else folded.set(key, [finding]);
  }
  return [...folded.values()].flatMap((all) => all.slice(0, 1).map((finding) => ({ finding, all })));
}

/**
 * `; bound to Group gap-admins, Group homa-admins and 7 more`: whom the roles of folded findings are bound to. Who they are is no part of
 * what is said alike, for every messenger's are its own.
 */
export function boundText(all: readonly Finding[]): string {
  const names = [...new Set(all.flatMap(({ bound = [] }) => bound))];
  return names.length > 0 ? `; bound to ${firstNames(names)}` : "";
}

/** The server that a finding's object is of: a host has its name, and its Secret that with a suffix after a dot. */
export function serverIn({ object }: Finding): string | undefined {
  return /[a-z0-9-]+-s\d\d(?=\.|$)/.exec(object)?.[0];
}

/** The server of a host, and the parts of the stack's name, `messenger.site`: the longer before what they hold. */
function namesOf(finding: Finding): string[] {
  const { stack } = finding;
  const server = serverIn(finding) ?? "";
  const site = stack.lastIndexOf(".") + 1;
  return [server, stack, stack.slice(0, Math.max(0, site - 1)), stack.slice(site)].filter((name) => name !== "");
}

function unnamed(text: string, names: readonly string[]): string {
  if (names.length === 0) return text;
  const pattern = names.map((name) => name.replace(/\W/g, "\\$&")).join("|");
  return text.replace(new RegExp(`(?<!\\w)(${pattern})(?!\\w)`, "g"), "\u0000");
}
