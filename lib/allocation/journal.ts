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

/** A map whose changes are in a journal. */
export class JournaledMap<K, V> extends Map<K, V> {
  private journal: Journal | undefined;

  /** `entries` are there from the beginning. */
  static of<V>(entries: Readonly<Record<string, V>>, journal: Journal): JournaledMap<string, V> {
    const map = new JournaledMap(Object.entries(entries));
    map.journal = journal;
    return map;
  }

  override set(key: K, value: V): this {
    this.remember(key);
    return super.set(key, value);
  }

  override delete(key: K): boolean {
    this.remember(key);
    return super.delete(key);
  }

  private remember(key: K): void {
    const old = this.get(key);
    if (old === undefined) this.journal?.note(() => void super.delete(key));
    else this.journal?.note(() => void super.set(key, old));
  }
}
