import { Deadline } from '@holdfast/operation';
import { connectionError } from './errors/connection-error.js';
import { driverError } from './errors/driver-error.js';
import { ask } from './wire/ask.js';
import { type ConnectionPool, isUsable } from './wire/connection-pool.js';
import type { RunLimits } from './wire/run-limits.js';

const DEADLINE_MS = 5_000;

/** What `Database.ping` does. Asks for nothing but an answer; a connection that owes one is closed. */
export function pingDatabase(pool: ConnectionPool, { signal, deadline }: RunLimits): Promise<void> {
  const limits = { signal, deadline: deadline ?? Deadline.after(DEADLINE_MS) };
  return new Promise((resolve, reject) => {
    pool.checkOut(limits, (unavailable, client, release) => {
      if (unavailable !== null) return reject(connectionError(unavailable));
      ask(client, 'SELECT 1', limits).then(
        () => {
          release(!isUsable(client));
          resolve();
        },
        (error: unknown) => {
          release(true);
          reject(driverError(error, 'open') as Error);
        },
      );
    });
  });
}
