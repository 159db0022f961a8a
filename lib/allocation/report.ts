/** Gathers what an allocation changes and what it refuses, in the order in which it happens. */
import type { Change, Refusal } from "./allocation";
import { poolHolder } from "./grant";
import { unitOf } from "./unit";
import { setShort, type ShortKey, shortOf } from "./short";
import type { SiteState } from "./siteState";

/** What an allocation is about beside the site and the need. */
export interface Terms {
  /** Whether the messengers were named: then what they are short of is tried again. */
  readonly named: boolean;
  readonly changes: Change[];
  readonly refused: Refusal[];
}

/** Why something does not fit. */
export interface Explanation {
  readonly what: string;
  readonly remedy: string;
  /** What is really missing, where that is not the figure itself. */
  readonly resource?: Refusal["resource"];
  /** How much of it, where that is not what the figure lacks. */
  readonly missing?: number;
}

/** A figure that is to be brought up to its need. */
export interface Figure {
  readonly messenger: string;
  readonly key: ShortKey;
  readonly need: number;
  readonly held: number;
  /** Takes up to `missing`; returns what was given. */
  take(missing: number): number;
  /** Why not more could be given, and what would help; `undefined` where another refusal says it already. */
  explain(missing: number): Explanation | undefined;
}

/**
 * Brings a figure up to its need as far as it reaches. What is missing and neither held nor recorded as short is refused; the short is
 * recorded, lowered when the need falls, and tried again only for a named messenger.
 */
export function settle(state: SiteState, terms: Terms, figure: Figure): void {
  const { messenger, key, need, held } = figure;
  const missing = Math.max(0, need - held);
  const short = shortOf(state, messenger, key);
  if (missing <= short && !(terms.named && missing > 0)) {
    if (missing < short) noteShort(state, terms, messenger, key, missing);
    return;
  }
  const left = missing - figure.take(missing);
  if (left > short) {
    const why = figure.explain(left);
    if (why) terms.refused.push({ messenger, site: state.name, resource: resourceOf[key], missing: left, ...why });
  }
  // The pool has no file, and so no short: what it lacks is refused again.
  if (left !== short && messenger !== poolHolder) noteShort(state, terms, messenger, key, left);
}

const resourceOf = {
  cpu: "cpu",
  memoryGiB: "memoryGiB",
  nvmeTiB: "nvmeTiB",
  objectTiB: "objectTiB",
  egressMbps: "egressMbps",
  ingressMbps: "ingressMbps",
  vlans: "vlan",
  private: "private",
  vips: "vips",
  egress: "egress",
} as const satisfies Record<ShortKey, Refusal["resource"]>;

/** Records a short and says so. */
export function noteShort(state: SiteState, terms: Terms, messenger: string, key: ShortKey, amount: number): void {
  const before = shortOf(state, messenger, key);
  setShort(state, messenger, key, amount);
  const why =
    amount > before
      ? `${String(amount)} ${unitOf[key]} do not fit`
      : `${String(before)} ${unitOf[key]} were missing, ${String(amount)} are now`;
  terms.changes.push({ holder: messenger, site: state.name, resource: "short", added: [], before, after: amount, why });
}

/** Forgets what a messenger is short of and no longer needs. */
export function forgetShorts(state: SiteState, terms: Terms, messenger: string, keep: ReadonlySet<ShortKey>): void {
  for (const key of Object.keys(resourceOf) as ShortKey[])
    if (!keep.has(key) && shortOf(state, messenger, key) > 0) noteShort(state, terms, messenger, key, 0);
}
