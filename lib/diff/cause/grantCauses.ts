/** Why grants differ: the lines of files that moved the need, or the verb that moved the lock. */
import { poolHolder } from "../../allocation/grant";
import type { Messenger } from "../../request/messenger";
import type { GrantRow } from "../grants";
import type { Ground } from "../ground";
import type { Cause, GrantChange } from "../report";
import { changedForAll, changedOfMessenger, placeText, type ChangedInput } from "./input";
import { Trial } from "./trial";
import { verbOf } from "./verb";

/** Finds the causes of changes between two sides. */
export class GrantCauses {
  private readonly all: readonly ChangedInput[];
  private readonly trials = new Map<string, Trial>();
  private readonly before: ReadonlyMap<string, Messenger>;
  private readonly after: ReadonlyMap<string, Messenger>;

  constructor(
    private readonly base: Ground,
    private readonly head: Ground,
  ) {
    this.all = changedForAll(base, head);
    this.before = byId(base);
    this.after = byId(head);
  }

  /** The change with its causes. */
  explained({ change, need, path }: GrantRow): GrantChange {
    return { ...change, causes: this.causesOf(change, need, path) };
  }

  /** Everything that changed for a messenger: its own file's values, and those for all. */
  inputsOf(id: string): readonly ChangedInput[] {
    return [...changedOfMessenger(this.base, this.head, id), ...this.all];
  }

  private causesOf({ messenger: id, site, added, removed }: GrantRow["change"], need: GrantRow["need"], path: GrantRow["path"]): Cause[] {
    // What one verb moved is one cause, whichever of its lines one looks at.
    const verb = verbOf(this.base, this.head, site, [...added, ...removed]);
    if (verb !== undefined) return [{ what: `${verb}, in the lock` }];
    const ofLock = (): Cause => ({
      what: id === poolHolder ? "the pool's own line" : "the lock alone, by a verb",
      place: placeText(this.head.lockSource().position(path, "key")),
    });
    if (id === poolHolder) return [ofLock()];
    const wholeFile = this.appearance(id);
    if (wholeFile) return [wholeFile];
    const movers = this.trialOf(id)?.movers(site, need) ?? [];
    // A change of classes or of what a server keeps back moves servers without moving the need.
    const others = this.all.filter(({ of, path: [key] }) => of === "estate" && (key === "classes" || key === "reserve"));
    const causes = (movers.length > 0 ? movers : others).map(({ cause }) => cause);
    return causes.length > 0 ? causes : [ofLock()];
  }

  /** The file that came, or that went. */
  private appearance(id: string): Cause | undefined {
    const [before, after] = [this.base.messengerSource(id), this.head.messengerSource(id)];
    if (before && after) return undefined;
    const place = (after ?? before)?.position([]);
    return place && { what: after ? `the messenger ${id} is new` : `the file of ${id} is gone`, place: placeText(place) };
  }

  private trialOf(id: string): Trial | undefined {
    const [before, after] = [this.before.get(id), this.after.get(id)];
    if (!before || !after) return undefined;
    const trial =
      this.trials.get(id) ??
      new Trial({ ground: this.base, messenger: before }, { ground: this.head, messenger: after }, this.inputsOf(id));
    this.trials.set(id, trial);
    return trial;
  }
}

const byId = ({ messengers }: Ground): Map<string, Messenger> => new Map(messengers.map((messenger) => [messenger.messenger, messenger]));
