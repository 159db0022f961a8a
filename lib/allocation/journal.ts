/** Remembers how to undo what is tried, so that who does not fit leaves nothing behind for those who are tried next. */
export class Journal {
  private undos: (() => void)[] = [];

  /** Notes how the change that is being made is undone. */
  note(undo: () => void): void {
    this.undos.push(undo);
  }

  /** Keeps what was changed. */
  keep(): void {
    this.undos = [];
  }

  /** Undoes everything since it was last kept, the latest first; returns whether there was anything. */
  undo(): boolean {
    const undos = this.undos.reverse();
    this.undos = [];
    for (const undo of undos) undo();
    return undos.length > 0;
  }
}

/** Hears of a line that is set, replaced or removed: what it was and what it is, `undefined` where there is none. */
export type Watcher<V> = (key: string, after: V | undefined, before: V | undefined) => void;

/** A map whose changes are in a journal, and heard of by who keeps count of it: made or undone, each goes through `change`. */
export class JournaledMap<V> extends Map<string, V> {
  private journal: Journal | undefined;
  private watchers: Watcher<V>[] = [];

  /** `entries` are there from the beginning. */
  static of<V>(entries: Readonly<Record<string, V>>, journal: Journal): JournaledMap<V> {
    const map = new JournaledMap<V>();
    for (const [key, value] of Object.entries(entries)) map.set(key, value);
    map.journal = journal;
    return map;
  }

  /** Tells of every line that there is, and from now on of every change. */
  watch(watcher: Watcher<V>): void {
    for (const [key, value] of this) watcher(key, value, undefined);
    this.watchers.push(watcher);
  }

  override set(key: string, value: V): this {
    this.note(key, this.change(key, value));
    return this;
  }

  override delete(key: string): boolean {
    const before = this.change(key, undefined);
    this.note(key, before);
    return before !== undefined;
  }

  override clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }

  private note(key: string, before: V | undefined): void {
    this.journal?.note(() => void this.change(key, before));
  }

  private change(key: string, after: V | undefined): V | undefined {
    const before = this.get(key);
    if (after === undefined) super.delete(key);
    else super.set(key, after);
    for (const watcher of this.watchers) watcher(key, after, before);
    return before;
  }
}
