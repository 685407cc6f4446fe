/** What a LeastRecentlyUsed may hold. */
export interface Room {
  readonly entries: number;
  /** The sum of the weights. */
  readonly weight: number;
}

/** A map that forgets what was not used for longest, once there are too many entries or they weigh too much. */
export class LeastRecentlyUsed<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  #weight = 0;
  // In the order of their last use, once that matters.
  #isOrdered = false;

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (this.#isOrdered) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry.value;
  }

  /** Returns the keys of what had to go for it: the entry itself where it alone is too heavy. */
  set(key: string, value: Value, weight: number, room: Room): readonly string[] {
    this.delete(key);
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    this.#isOrdered ||= this.#entries.size * 2 > room.entries || this.#weight * 2 > room.weight;
    if (this.#entries.size <= room.entries && this.#weight <= room.weight) return none;
    const gone: string[] = [];
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= room.entries && this.#weight <= room.weight) break;
      gone.push(oldest);
      this.delete(oldest);
    }
    return gone;
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#weight -= entry.weight;
    return this.#entries.delete(key);
  }

  /** Forgets everything; returns the keys. */
  clear(): readonly string[] {
    const gone = [...this.#entries.keys()];
    this.#entries.clear();
    this.#weight = 0;
    return gone;
  }
}

const none: readonly string[] = [];
