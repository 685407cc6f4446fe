import { closeFrame } from './frames.js';
import type { Statement } from './statement.js';

/** Statements that one connection keeps prepared at most; each costs memory on the server. */
const MOST = 250;

/** The statements that are prepared on one connection. */
export class PreparedStatements {
  // In the order of their last use, once there are too many to ignore it.
  readonly #known = new Map<Statement, true>();
  #toClose: Buffer[] = [];

  has(statement: Statement): boolean {
    if (this.#known.size < MOST) return this.#known.has(statement);
    if (!this.#known.delete(statement)) return false;
    this.#known.set(statement, true);
    return true;
  }

  /** To be told once ParseComplete has arrived, not when Parse was sent: it may have failed. */
  add(statement: Statement): void {
    this.#known.set(statement, true);
    if (this.#known.size <= MOST) return;
    const [oldest] = this.#known.keys();
    this.#known.delete(oldest!);
    this.#toClose.push(closeFrame(oldest!.name));
  }

  /** Close messages for what was forgotten, to ride in front of the next write. */
  takeCloses(): readonly Buffer[] {
    if (this.#toClose.length === 0) return none;
    const closes = this.#toClose;
    this.#toClose = [];
    return closes;
  }
}

const none: readonly Buffer[] = [];
