import type { Outcome } from '@holdfast/errors';
import type { Clock, Deadline } from '@holdfast/operation';
import { untilAnswered } from '../commit/until-answered.js';
import { beginBriefly, ROLLBACK } from '../session/begin.js';
import { type Connections, isUsable } from '../wire/connection-pool.js';
import { type RowSink, rowSink } from '../wire/row-sink.js';
import { runStatement } from '../wire/run-statement.js';
import type { KeyedWrite } from './keyed-write.js';

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
  const found = await untilAnswered(() => tried(write, connections, deadline), deadline, clock);
  return found ?? { verdict: 'unknown', byAnother: false };
}

/** Null where nobody answered. */
function tried(write: KeyedWrite, connections: Connections, deadline: Deadline): Promise<ProbedKey | null> {
  return new Promise((resolve) => {
    connections.checkOut({ deadline }, (error, client, release) => {
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
