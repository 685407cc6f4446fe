import type { SentStatement } from './sent-statement.js';

/** A message at which a fault may land. */
export interface Occasion {
  /** Whether it starts a connection up. */
  readonly connects: boolean;
  /** The statement that it executes, if it does. */
  readonly statement: SentStatement | null;
  /** Whether it ends a batch. */
  readonly endsBatch: boolean;
  /** Whether it ends a batch that wrote, so that PostgreSQL commits it. */
  readonly commitsWrite: boolean;
  /** Which batch of its connection it belongs to. */
  readonly batch: number;
  /** How many statements of its batch are answered before it is. */
  readonly after: number;
  /** The text to tell it by. */
  readonly sql: string | null;
}
