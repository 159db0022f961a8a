/** What a question is about: a thing that somebody holds, or that nobody holds. */
import type { SiteNeed } from "../allocation/need";
import type { Group } from "../request/estate";
import type { Messenger } from "../request/messenger";
import type { Path } from "../request/source";
import type { Part } from "./influence";
import type { Reason } from "./reason";

/** A thing with what is known of it. */
export interface Subject {
  /** What it is, in a sentence without a full stop. */
  readonly what: string;
  /** Its line in the lock or the estate. @default it has none */
  readonly place?: string;
  /** What is so whether or not anybody needs it. @default nothing */
  readonly facts?: readonly Reason[];
  /** Who holds it, and where. @default nobody does */
  readonly holder?: string;
  readonly site?: string;
  /** The need of its holder that it meets. @default none */
  readonly because?: (need: SiteNeed, messenger: Messenger) => Reason | undefined;
  /** The figures of the need that moved it. @default it follows no figure */
  readonly part?: Part;
  /** What these figures are, in words. @default it follows no figure */
  readonly need?: string;
  /** Keys of the messenger's file that decide it beside its numbers. */
  readonly keys: readonly Path[];
}

/** The keys of a messenger's file that say what it has at all, and where. */
export const placingKeys: readonly Path[] = [["tier"], ["needs"], ["placement"]];

/** The figures of a group of own servers. */
export const ofGroup =
  (group: Group): Part =>
  (need) => {
    const { share, nvmeGB = 0, objectGB = 0 } = need?.groups.get(group) ?? {};
    return share ? [share.usedMilliThreads, share.usedMemoryMiB, nvmeGB, objectGB, share.egressMbps] : [];
  };

/** What these figures are. */
export const ofServers = "the threads, memory, storage and bandwidth";
