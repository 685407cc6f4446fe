import { closeFrame } from './frames.js';
import { LeastRecentlyUsed, type Room } from './least-recently-used.js';
import type { Statement } from './statement.js';

/** The statements that are prepared on one connection, by name: the name follows from the text. */
export class PreparedStatements {
  readonly #known = new LeastRecentlyUsed<true>();
  #toClose: string[] = [];
  #generation = 0;

  has({ name }: Statement): boolean {
    return this.#known.get(name) === true;
  }

  /** To be told once ParseComplete has arrived, not when Parse was sent: it may have failed. */
  add({ name, sql }: Statement, room: Room): void {
    this.#toClose.push(...this.#known.set(name, true, sql.length, room));
  }

  /** To be prepared anew when it is next used. */
  forget({ name }: Statement): void {
    this.#known.delete(name);
    this.#toClose.push(name);
  }

  forgetAll(): void {
    this.#toClose.push(...this.#known.clear());
  }

  /** Forgets what was prepared before the tables were found to be changed. */
  catchUp(generation: number): void {
    if (generation <= this.#generation) return;
    this.#generation = generation;
    this.forgetAll();
  }

  /** Close messages for what was forgotten, to ride in front of the next write. */
  closes(): readonly Buffer[] {
    return this.#toClose.length === 0 ? none : this.#toClose.map(closeFrame);
  }

  /** They were written. */
  closed(): void {
    if (this.#toClose.length > 0) this.#toClose = [];
  }
}

const none: readonly Buffer[] = [];
