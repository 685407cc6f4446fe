import { Misuse } from '@holdfast/errors';
import type { Room } from './least-recently-used.js';

export interface StatementPolicyOptions {
  /**
   * Default true. False for a pooler that hands statements of one client to several servers and does not know their
   * names (PgBouncer before 1.21, in transaction or statement mode): each is then parsed anew, in the same trip.
   */
  readonly preparedStatements?: boolean;
  /**
   * Statements that each connection keeps prepared on the server, at least 1. Default 250. Those that were not used for
   * longest are closed, and before that where all of them have more than 1,000 characters each on average. A statement
   * of more than 10,000 characters is never kept.
   */
  readonly maxPreparedStatements?: number;
}

const CHARACTERS_EACH = 1_000;

/** How the statements of one Database go over its connections. */
export class StatementPolicy {
  readonly areNamed: boolean;
  readonly room: Room;
  #generation = 0;

  /** Throws Misuse. */
  constructor({ preparedStatements = true, maxPreparedStatements = 250 }: StatementPolicyOptions = {}) {
    if (!Number.isSafeInteger(maxPreparedStatements) || maxPreparedStatements < 1) {
      throw new Misuse('maxPreparedStatements must be a whole number, at least 1.');
    }
    this.areNamed = preparedStatements;
    this.room = { entries: maxPreparedStatements, weight: maxPreparedStatements * CHARACTERS_EACH };
  }

  /** What was prepared before the tables were found to be changed is of an older generation. */
  get generation(): number {
    return this.#generation;
  }

  /** Lets every connection prepare its statements anew, and not find out one by one. */
  tablesChanged(): void {
    this.#generation = ++changes;
  }
}

// Databases may share connections: their generations must be of one order.
let changes = 0;
