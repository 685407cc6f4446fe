import type { Outcome } from '@holdfast/errors';
import type { Clock, Deadline } from '@holdfast/operation';
import { beginBriefly, ROLLBACK } from '../session/begin.js';
import { type Connections, isUsable } from '../wire/connection-pool.js';
import { type RowSink, rowSink } from '../wire/row-sink.js';
import { runStatement } from '../wire/run-statement.js';
import type { KeyedWrite } from './keyed-write.js';

const FIRST_DELAY_MS = 5;
const LONGEST_DELAY_MS = 500;

/** What became of a write, and whether it was another call that has done it. */
export interface ProbedKey {
  readonly verdict: Outcome;
  readonly byAnother: boolean;
}

/**
 * Whether a write with this key was committed: its insertion is tried and undone. Never by looking alone: a transaction
 * that is under way would not be seen, and is waited for instead. Asks until somebody answers, or until the deadline.
 */
export async function probeKey(
  write: KeyedWrite,
  connections: Connections,
  deadline: Deadline,
  clock: Clock,
): Promise<ProbedKey> {
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(LONGEST_DELAY_MS, 2 * delayMs)) {
    const found = await tried(write, connections, deadline);
    if (found !== null) return found;
    if (delayMs >= deadline.remainingMs) return { verdict: 'unknown', byAnother: false };
    await clock.sleep(delayMs);
  }
}

/** Null where nobody answered. */
function tried(write: KeyedWrite, connections: Connections, deadline: Deadline): Promise<ProbedKey | null> {
  return new Promise((resolve) => {
    connections.checkOut({ deadlineMs: deadline.remainingMs }, (error, client, release) => {
      if (error !== null) return resolve(null);
      const inserted = rowSink();
      const before = [...beginBriefly, { ...write.attempt, into: inserted }];
      runStatement(client, write.own, before, (failure, own) => {
        runStatement(client, ROLLBACK, [], (undone) => {
          release(undone !== null || !isUsable(client));
          resolve(failure === null ? probed(inserted, own) : null);
        });
      });
    });
  });
}

function probed(inserted: RowSink, own: RowSink): ProbedKey {
  if (inserted.rows.length > 0) return { verdict: 'not-committed', byAnother: false };
  return { verdict: 'committed', byAnother: own.rows.length === 0 };
}
