import type { Occasion } from './occasion.js';

/**
 * Which messages a fault is aimed at.
 *
 * - `commit`: a COMMIT or END, as a simple Query or as the Execute of a statement, prepared by name or not.
 * - `sync`: the end of a batch that has written (INSERT, UPDATE, DELETE, MERGE, WITH …) outside of a transaction block,
 *   with which PostgreSQL commits it: its Sync, or the simple Query that it is.
 * - `anySync`: the end of any batch: its Sync, or the simple Query that it is.
 * - `connect`: the start-up message. It is answered when the connection is ready for use, or refused.
 * - `{ sql }`: a statement whose text matches, executed in either way. It is answered when its batch is.
 *
 * Of a simple Query with several statements only the first is told; of any text, the first 64 KiB.
 */
export type FaultTrigger = 'commit' | 'sync' | 'anySync' | 'connect' | { readonly sql: RegExp };

/** Whether a fault aimed so may land here. */
export function matchesTrigger(trigger: FaultTrigger, { statement, ...occasion }: Occasion): boolean {
  switch (trigger) {
    case 'connect':
      return occasion.connects;
    case 'commit':
      return statement?.effect === 'commit';
    case 'sync':
      return occasion.commitsWrite;
    case 'anySync':
      return occasion.endsBatch;
    default:
      return statement !== null && statement.sql.search(trigger.sql) !== -1;
  }
}
