import { closeFrame } from './frames.js';
import type { Statement } from './statement.js';

/** Statements that one connection keeps prepared at most; each costs memory on the server. */
const MOST = 250;

/** The statements that are prepared on one connection, by name: the name follows from the text. */
export class PreparedStatements {
  // In the order of their last use, once there are too many to ignore it.
  readonly #known = new Set<string>();
  #toClose: Buffer[] = [];

  has({ name }: Statement): boolean {
    if (this.#known.size < MOST) return this.#known.has(name);
    if (!this.#known.delete(name)) return false;
    this.#known.add(name);
    return true;
  }

  /** To be told once ParseComplete has arrived, not when Parse was sent: it may have failed. */
  add({ name }: Statement): void {
    this.#known.add(name);
    if (this.#known.size <= MOST) return;
    const [oldest] = this.#known;
    this.#forget(oldest!);
  }

  /** To be prepared anew when it is next used. */
  forget({ name }: Statement): void {
    this.#forget(name);
  }

  /** Close messages for what was forgotten, to ride in front of the next write. */
  takeCloses(): readonly Buffer[] {
    if (this.#toClose.length === 0) return none;
    const closes = this.#toClose;
    this.#toClose = [];
    return closes;
  }

  #forget(name: string): void {
    this.#known.delete(name);
    this.#toClose.push(closeFrame(name));
  }
}

const none: readonly Buffer[] = [];
