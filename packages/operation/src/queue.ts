/** What can stand in a queue: it knows its neighbours, so that entering and leaving make nothing. */
export interface Place<Entry> {
  before: Entry | null;
  behind: Entry | null;
}

/** First in, first out; entries may leave from anywhere. All of it takes the same time, however long the queue is. */
export class Queue<Entry extends Place<Entry>> {
  #first: Entry | null = null;
  #last: Entry | null = null;
  #length = 0;

  /** The one that came first of those who are there, or null. */
  get first(): Entry | null {
    return this.#first;
  }

  get length(): number {
    return this.#length;
  }

  /** The one that came last of those who are there, or null. */
  get last(): Entry | null {
    return this.#last;
  }

  /** Takes one in that is in no queue: as the last one, or behind another that is in, or before all (null). */
  enter(entry: Entry, before: Entry | null = this.#last): void {
    const behind = before === null ? this.#first : before.behind;
    entry.before = before;
    entry.behind = behind;
    if (before === null) this.#first = entry;
    else before.behind = entry;
    if (behind === null) this.#last = entry;
    else behind.before = entry;
    this.#length += 1;
  }

  /** Takes one out that is in. */
  leave(entry: Entry): void {
    const { before, behind } = entry;
    if (before === null) this.#first = behind;
    else before.behind = behind;
    if (behind === null) this.#last = before;
    else behind.before = before;
    entry.before = entry.behind = null;
    this.#length -= 1;
  }

  /** Takes the first one out, or null if there is none. */
  next(): Entry | null {
    const first = this.#first;
    if (first !== null) this.leave(first);
    return first;
  }
}
