import { ambientCall } from '@holdfast/operation';
import type { CacheLease } from '../cache-answer.js';
import { Flight } from './flight.js';
import { unlessAborted } from './unless-aborted.js';

interface Line<Value> {
  readonly running: Flight<Value>;
  /** It begins when the running one is over. */
  next: Promise<Flight<Value>> | null;
}

/**
 * Reads of one source that are under way, so that any number of callers who ask for one key at the same time make one read
 * of the database.
 *
 * Nobody gets what was read before an invalidation that they asked after. Who has the lease of a flight has seen that there
 * was none since it began, and joins it. Who has no lease cannot know, and joins one that has yet to begin.
 */
export class Flights<Value> {
  readonly #leased = new Map<string, Flight<Value>>();
  readonly #lines = new Map<string, Line<Value>>();

  /** What `load` resolves to, or what that of another caller did. */
  async join(key: string, lease: CacheLease | null, load: () => Promise<Value>): Promise<Value> {
    for (;;) {
      const flight = lease === null ? await this.#inLine(key, load) : this.#withLease(`${key} ${lease.token}`, load);
      if (!flight.isCanceled) return flight.value();
    }
  }

  /** Makes the same read with nobody to wait for it. Resolves when it is over. */
  async refresh(key: string, lease: CacheLease, load: () => Promise<Value>): Promise<void> {
    const flight = this.#withLease(`${key} ${lease.token}`, load);
    flight.keep();
    await flight.over();
  }

  #withLease(name: string, load: () => Promise<Value>): Flight<Value> {
    const running = this.#leased.get(name);
    if (running !== undefined && !running.isCanceled) return running;
    const flight = new Flight(load);
    this.#leased.set(name, flight);
    const land = (): void => {
      if (this.#leased.get(name) === flight) this.#leased.delete(name);
    };
    // Who was given the lease before it was used may hear of that in the same turn as of its end, and later.
    void flight.over().then(() => (flight.hasFailed ? land() : setImmediate(land)));
    return flight;
  }

  #inLine(key: string, load: () => Promise<Value>): Promise<Flight<Value>> | Flight<Value> {
    const line = this.#lines.get(key);
    if (line === undefined) return this.#begin(key, load);
    line.next ??= line.running.over().then(() => this.#begin(key, load));
    return unlessAborted(ambientCall()?.signal ?? null, line.next);
  }

  #begin(key: string, load: () => Promise<Value>): Flight<Value> {
    const line: Line<Value> = { running: new Flight(load), next: null };
    this.#lines.set(key, line);
    void line.running.over().then(() => {
      if (line.next === null) this.#lines.delete(key);
    });
    return line.running;
  }
}
