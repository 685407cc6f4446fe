interface Suspended {
  readonly keys: readonly string[];
  readonly untilMs: number;
}

/** Which keys are suspended, by how many writes. Never more than there are writes under way: none is dropped for room. */
export class SuspendedKeys {
  /** In the order in which they end. */
  readonly #all = new Set<Suspended>();
  readonly #byKey = new Map<string, Set<Suspended>>();

  has(key: string, nowMs: number): boolean {
    this.#sweep(nowMs);
    return this.#byKey.has(key);
  }

  /** What is returned ends it. */
  add(keys: readonly string[], nowMs: number, forMs: number): () => void {
    this.#sweep(nowMs);
    const one: Suspended = { keys, untilMs: nowMs + forMs };
    this.#all.add(one);
    for (const key of keys) {
      const set = this.#byKey.get(key);
      if (set === undefined) this.#byKey.set(key, new Set([one]));
      else set.add(one);
    }
    return () => this.#remove(one);
  }

  #sweep(nowMs: number): void {
    for (const one of this.#all) {
      if (one.untilMs > nowMs) return;
      this.#remove(one);
    }
  }

  #remove(one: Suspended): void {
    if (!this.#all.delete(one)) return;
    for (const key of one.keys) {
      const set = this.#byKey.get(key);
      set?.delete(one);
      if (set?.size === 0) this.#byKey.delete(key);
    }
  }
}
