/** What `allocate` says to people: what changed and why, what does not fit, and who is stale. */
import type { Change, Deficit, Refusal, Stale, Violation } from "../allocation/allocation";
import { holderName } from "../allocation/grant";
import type { Judgement } from "../allocation/judgement";
import { bandwidth, several, storage } from "../allocation/words";
import type { Size } from "../sizing/size";
import type { Block } from "../page/page";

/** Sizes by messenger: why the need is what it is. */
export type Sizes = ReadonlyMap<string, Pick<Size, "peak">>;

/** Servers as people name them: `thr1-r01-s01…s05, thr1-r02-s01`. */
export function serverNames(names: readonly string[]): string {
  const runs: { rack: string; first: string; last: string }[] = [];
  for (const name of [...names].sort()) {
    const [rack, number] = [name.slice(0, -2), name.slice(-2)];
    const run = runs.at(-1);
    if (run?.rack === rack && Number(run.last) + 1 === Number(number)) run.last = number;
    else runs.push({ rack, first: number, last: number });
  }
  return runs.map(({ rack, first, last }) => `${rack}${first}${first === last ? "" : `…s${last}`}`).join(", ");
}

const nameOf: Readonly<Record<Change["resource"], string>> = {
  servers: "servers",
  nic: "ports",
  storage: "storage",
  "rack uplink": "uplink of a rack",
  "site uplink": "uplink of the site",
  vlan: "VLAN",
  private: "private prefix",
  vips: "public prefix of services",
  egress: "public prefix of outgoing traffic",
  egressMbps: "bandwidth out",
  ingressMbps: "bandwidth in",
  cpu: "threads of the pool",
  memoryGiB: "GiB of the pool's memory",
  nvmeTiB: "TiB of the pool's NVMe",
  objectTiB: "TiB of the pool's object storage",
  short: "short",
};

/** One change as a sentence that a reviewer follows. */
export function changeSentence(change: Change, sizes: Sizes): string {
  const { holder, site, resource, group, why } = change;
  const who = `${holderName(holder)} at ${site}`;
  if (resource === "short") return `${who}${group ? `, ${group}` : ""}: short: ${why}`;
  const size = sizes.get(holder);
  const because = size && ofPeak.has(resource) ? `, because on ${size.peak.date} (${size.peak.cause}) ${why}` : ` (${why})`;
  return `${who}: ${whatOf(change)}${because}`;
}

/** What follows the peak; the rest follows from being there. */
const ofPeak: ReadonlySet<Change["resource"]> = new Set([
  "servers",
  "egressMbps",
  "ingressMbps",
  "cpu",
  "memoryGiB",
  "nvmeTiB",
  "objectTiB",
]);

function whatOf({ resource, group, added, before = 0, after = 0 }: Change): string {
  if (resource === "servers")
    return `+${several(added.length, group === undefined || group === "all" ? "server" : `${group} server`)} (${serverNames(added)}), ${String(before + added.length)} in all`;
  if (added.length > 0) return `+${nameOf[resource]} ${added.join(", ")}`;
  const figure = (amount: number): string => (resource === "egressMbps" || resource === "ingressMbps" ? bandwidth(amount) : String(amount));
  return `${nameOf[resource]}${group ? ` of ${group}` : ""} ${figure(before)} → ${figure(after)}`;
}

const at = ({ messenger, site, group }: Pick<Stale, "messenger" | "site" | "group">): string =>
  `${holderName(messenger)} at ${site}${group ? `, ${group}` : ""}`;

/** A refusal: what, how much, and what would help. */
export function refusalSentence(refusal: Refusal): string {
  return `${at(refusal)}: ${refusal.what}. Missing: ${missingOf(refusal)}. What would help: ${refusal.remedy}.`;
}

function missingOf({ resource, missing }: Refusal): string {
  if (resource === "egressMbps" || resource === "ingressMbps" || resource === "rack uplink" || resource === "site uplink")
    return bandwidth(missing);
  if (resource === "storage") return `${storage(missing)} of raw storage`;
  if (resource === "private" || resource === "vips" || resource === "egress")
    return several(missing, `${nameOf[resource].split(" ")[0] ?? ""} address`, `${nameOf[resource].split(" ")[0] ?? ""} addresses`);
  if (resource === "servers" || resource === "vlan") return several(missing, resource === "vlan" ? "VLAN" : "server");
  return `${String(missing)} ${nameOf[resource]}`;
}

/** Who is stale, a deficit, a broken promise: one sentence each. */
export const staleSentence = (stale: Stale): string => `${at(stale)}: ${stale.what}`;
export const deficitSentence = (deficit: Deficit): string =>
  `${at(deficit)}: ${deficit.what}${deficit.law === undefined ? "" : ` (law ${String(deficit.law)}, ${lawNames[deficit.law]})`}. What would mend it: ${deficit.remedy}.`;
const lawNames = { 2: "nothing is promised twice", 4: "every loss of a rack or site is survived" } as const;
const violationSentence = ({ site, holders, what }: Violation): string => `${site}: ${what}; ${holders.join(", ")} bear it`;

/** A heading and its list; nothing where the list is empty. */
export function section(heading: string, list: readonly string[]): Block[] {
  return list.length > 0 ? [{ heading, level: 2 }, { list }] : [];
}

/** Laws that fail without an outage, and what would help: nothing that allocate does. */
export function brokenPromises({ violations }: Pick<Judgement, "violations">): Block[] {
  return section(
    "Broken promises: a law fails though everything is taken as alive; put back what the estate lost, or release what is promised",
    violations.map(violationSentence),
  );
}

/** What stands although nobody must do anything about it at once. */
export function standingPage({ deficits, surplus, warnings }: Judgement): Block[] {
  return [
    ...section("Deficits: an outage broke a law; nothing is taken from others", deficits.map(deficitSentence)),
    ...section(
      "Surplus",
      surplus.map(({ messenger, site, what }) => `${messenger} at ${site}: ${what}`),
    ),
    ...section("Warnings", warnings),
  ];
}
