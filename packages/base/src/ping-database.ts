import type { CallOptions } from '@holdfast/operation';
import { connectionError } from './errors/connection-error.js';
import { driverError } from './errors/driver-error.js';
import { ask } from './wire/ask.js';
import { type ConnectionPool, isUsable } from './wire/connection-pool.js';

const DEADLINE_MS = 5_000;

/** What `Database.ping` does. Asks for nothing but an answer; a connection that owes one is closed. */
export function pingDatabase(pool: ConnectionPool, { deadlineMs = DEADLINE_MS, ...rest }: CallOptions): Promise<void> {
  const options = { ...rest, deadlineMs };
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    pool.checkOut(options, (unavailable, client, release) => {
      if (unavailable !== null) return reject(connectionError(unavailable));
      const left = Math.max(0, deadlineMs - (performance.now() - begin));
      ask(client, 'SELECT 1', { ...options, deadlineMs: left }).then(
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
