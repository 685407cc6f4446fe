import { Misuse } from '@holdfast/errors';
import type pg from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { Transaction } from './transaction.js';

/** What TypeORM's runner for PostgreSQL keeps of a transaction; `test/sessions.test.ts` holds it against this. */
interface RunnerState {
  transactionDepth: number;
  isTransactionActive: boolean;
  connect(): Promise<pg.PoolClient>;
  release(): Promise<void>;
  commitTransaction(): Promise<void>;
  rollbackTransaction(): Promise<void>;
  query(...args: unknown[]): Promise<unknown>;
}

/**
 * TypeORM's EntityManager inside a transaction that is ours. Its runner is told that one is open already, so that its
 * own `save`, `remove` and `transaction` make savepoints instead of a BEGIN, whose COMMIT would end ours.
 */
export function joinedManager(dataSource: DataSource, transaction: Transaction): EntityManager {
  const runner: QueryRunner = dataSource.createQueryRunner('master');
  const state = runner as unknown as RunnerState;
  state.isTransactionActive = true;
  state.transactionDepth = 1;
  state.connect = () => transaction.begun();
  state.release = () => Promise.resolve();
  const query = state.query.bind(runner);
  state.query = (...args) => transaction.watched(() => query(...args));
  for (const end of ['commitTransaction', 'rollbackTransaction'] as const) {
    const ending = state[end].bind(runner);
    state[end] = async () => {
      if (state.transactionDepth <= 1) throw new Misuse('The transaction of a dbSession is ended by the dbSession.');
      await ending();
    };
  }
  return runner.manager;
}
