import { Misuse } from '@holdfast/errors';
import type pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { connectionError } from '../errors/connection-error.js';
import type { ConnectionPool } from '../wire/connection-pool.js';

/**
 * Runs `work` on a connection of its own, each statement as a transaction of its own. The connection is closed afterwards,
 * for what the work has set on it would stay.
 */
export function outsideOfTransaction<Result>(
  dataSource: DataSource,
  pool: ConnectionPool,
  work: (runner: QueryRunner) => Promise<Result>,
): Promise<Result> {
  if (pool.figures().max < 2) {
    throw new Misuse('A migration outside of a transaction takes two connections, and the pool has one (max: 1).');
  }
  return new Promise((resolve, reject) => {
    pool.checkOut({}, (error, client, release) => {
      if (error !== null) return reject(connectionError(error));
      const runner = runnerOn(dataSource, client);
      const settled = work(runner).finally(() => release(true));
      settled.then(resolve, reject);
    });
  });
}

function runnerOn(dataSource: DataSource, client: pg.PoolClient): QueryRunner {
  const runner = dataSource.createQueryRunner('master');
  runner.connect = () => Promise.resolve(client);
  runner.release = () => Promise.resolve();
  return runner;
}
