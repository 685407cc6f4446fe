/** Where an entry stands in a queue. */
export interface Place<Entry> {
  readonly entry: Entry;
  before: Place<Entry> | null;
  behind: Place<Entry> | null;
}

/** First in, first out; entries may leave from anywhere. All of it takes the same time, however long the queue is. */
export class Queue<Entry> {
  #first: Place<Entry> | null = null;
  #last: Place<Entry> | null = null;
  #length = 0;

  /** The one that came first of those who are there, or null. */
  get first(): Entry | null {
    return this.#first === null ? null : this.#first.entry;
  }

  get length(): number {
    return this.#length;
  }

  enter(entry: Entry): Place<Entry> {
    const place: Place<Entry> = { entry, before: this.#last, behind: null };
    if (this.#last === null) this.#first = place;
    else this.#last.behind = place;
    this.#last = place;
    this.#length += 1;
    return place;
  }

  /** Takes one out that is in. */
  leave(place: Place<Entry>): void {
    const { before, behind } = place;
    if (before === null) this.#first = behind;
    else before.behind = behind;
    if (behind === null) this.#last = before;
    else behind.before = before;
    this.#length -= 1;
  }

  /** Takes the first one out, or null if there is none. */
  next(): Entry | null {
    const first = this.#first;
    if (first === null) return null;
    this.leave(first);
    return first.entry;
  }
}
