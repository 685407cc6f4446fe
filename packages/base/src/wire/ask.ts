import type pg from 'pg';
import { DeadlineExceeded } from '../errors/deadline-exceeded.js';
import type { RunLimits } from './run-limits.js';
import { Wait } from './wait.js';

/**
 * Sends SQL without values as one message, for the rows of its last statement. Ends early by signal or deadline, which
 * queries of pg's own do not: then the connection is still busy and must be closed.
 */
export function ask<Row extends object>(
  client: pg.ClientBase,
  sql: string,
  limits: RunLimits,
): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    const wait = new Wait(limits, (reason) => reject(reason instanceof DeadlineExceeded ? noAnswer(reason) : reason));
    if (wait.isOver) return;
    client.query<Row>(sql).then(
      (result) => {
        // Several statements in one message have several results.
        if (wait.end()) resolve([result].flat().at(-1)!.rows);
      },
      (error: Error) => {
        if (wait.end()) reject(error);
      },
    );
  });
}

function noAnswer({ cause }: DeadlineExceeded): DeadlineExceeded {
  return new DeadlineExceeded({ message: 'The deadline passed before the database answered.', cause });
}
