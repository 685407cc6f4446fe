import { InvalidInput, Misuse } from '@holdfast/errors';
import type { StreamSpec } from './stream-spec.js';

/**
 * Rows in partitions, none of which is empty: `for await (const partition of stream)`. The next partition is read when it
 * is asked for, so that a slow reader slows the database down and nothing piles up. It is read once; leaving the loop in
 * whichever way closes the cursor.
 */
export class RowStream<Data> implements AsyncIterable<readonly Data[]> {
  readonly #spec: StreamSpec<Data>;
  readonly #open: () => AsyncIterable<readonly Data[]>;
  #hasBegun = false;
  #isTruncated = false;

  /** `open` begins to read; the limit of rows is kept here. */
  constructor(spec: StreamSpec<Data>, open: () => AsyncIterable<readonly Data[]>) {
    this.#spec = spec;
    this.#open = open;
  }

  /** Whether it ended at `maxRows` with more rows behind; only where the spec says `truncate`, and false until then. */
  get isTruncated(): boolean {
    return this.#isTruncated;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Data[], void, void> {
    if (this.#hasBegun) throw new Misuse('A stream is read once: make another one of its spec.');
    this.#hasBegun = true;
    const { maxRows, truncate } = this.#spec;
    let left = maxRows ?? Infinity;
    for await (const partition of this.#open()) {
      if (partition.length > left) {
        if (left > 0) yield Object.freeze(partition.slice(0, left));
        if (!truncate) throw new InvalidInput('LIMIT_EXCEEDED', `There are more than ${maxRows} rows.`, '/maxRows');
        this.#isTruncated = true;
        return;
      }
      left -= partition.length;
      yield partition;
    }
  }
}
