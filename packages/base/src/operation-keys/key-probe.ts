import type { Outcome } from '@holdfast/errors';
import type { Clock, Deadline } from '@holdfast/operation';
import { UniqueViolation } from '../errors/database-error.js';
import { runError } from '../errors/driver-error.js';
import { beginBriefly, ROLLBACK } from '../session/begin.js';
import { type Connections, isUsable } from '../wire/connection-pool.js';
import type { RunFailure } from '../wire/run-failure.js';
import { runStatement } from '../wire/run-statement.js';
import type { KeyedWrite } from './keyed-write.js';

const FIRST_DELAY_MS = 5;
const LONGEST_DELAY_MS = 500;

/**
 * Whether a write with this key was committed: its insertion is tried and undone. Never by looking: a transaction that is
 * under way would not be seen, and is waited for instead. Asks until somebody answers, or until the deadline.
 */
export async function probeKey(
  write: KeyedWrite,
  connections: Connections,
  deadline: Deadline,
  clock: Clock,
): Promise<Outcome> {
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(LONGEST_DELAY_MS, 2 * delayMs)) {
    const failure = await tried(write, connections, deadline);
    if (failure === null) return 'not-committed';
    const error = runError(failure, 'open');
    if (write.isTaken(error)) return 'committed';
    if (error instanceof UniqueViolation || delayMs >= deadline.remainingMs) return 'unknown';
    await clock.sleep(delayMs);
  }
}

function tried(write: KeyedWrite, connections: Connections, deadline: Deadline): Promise<RunFailure | null> {
  return new Promise((resolve) => {
    connections.checkOut({ deadlineMs: deadline.remainingMs }, (error, client, release) => {
      if (error !== null) return resolve({ kind: 'not-sent', error });
      runStatement(client, write.insertion, beginBriefly, (failure) => {
        runStatement(client, ROLLBACK, [], (undone) => {
          release(undone !== null || !isUsable(client));
          resolve(failure);
        });
      });
    });
  });
}
