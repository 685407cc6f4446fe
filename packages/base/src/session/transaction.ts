import { Misuse } from '@holdfast/errors';
import type pg from 'pg';
import { TransactionAborted } from '../errors/database-error.js';
import { driverError } from '../errors/driver-error.js';
import { type ConnectionPool, isUsable } from '../wire/connection-pool.js';
import type { RowSink } from '../wire/row-sink.js';
import { runStatement } from '../wire/run-statement.js';
import type { Step } from '../wire/statement.js';
import { COMMIT, ROLLBACK } from './begin.js';

/**
 * One transaction on one connection, taken when the first statement needs it. BEGIN rides with that statement, COMMIT is
 * a trip of its own; a transaction without statements sends nothing.
 */
export class Transaction {
  readonly #pool: ConnectionPool;
  readonly #beginning: readonly Step[];
  #client: pg.PoolClient | null = null;
  #release: ((broken?: Error | boolean) => void) | null = null;
  #hasBegun = false;
  #isBusy = false;
  #hasEnded = false;

  constructor(pool: ConnectionPool, beginning: readonly Step[]) {
    this.#pool = pool;
    this.#beginning = beginning;
  }

  /** Runs one statement. Throws what the driver threw, as ours. */
  async run(step: Step): Promise<RowSink> {
    return this.exclusively(async (client) => {
      const before = this.#hasBegun ? [] : this.#beginning;
      this.#hasBegun = true;
      const [error, sink] = await answer(client, step, before);
      if (error !== null) throw error;
      return sink;
    });
  }

  /** Begins if that has not happened, and hands out the connection for queries of pg's own. */
  async begun(): Promise<pg.PoolClient> {
    const client = await this.#connected();
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      const [last, ...before] = [...this.#beginning].reverse();
      const [error] = await answer(client, last!, before.reverse());
      if (error !== null) throw driverError(error, 'open');
    }
    return client;
  }

  /** One statement at a time: the wire has no other way, and neither has a transaction. */
  async exclusively<Result>(use: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    if (this.#hasEnded) throw new Misuse('This dbSession has ended.');
    if (this.#isBusy)
      throw new Misuse('This dbSession is busy: statements of one transaction run one after the other.');
    this.#isBusy = true;
    try {
      return await use(await this.#connected());
    } finally {
      this.#isBusy = false;
    }
  }

  /** Commits. Throws TransactionAborted if the server rolled back, AmbiguousCommitError if its answer was lost. */
  async commit(): Promise<void> {
    this.#end();
    if (this.#client === null || !this.#hasBegun) return this.#giveBack(false);
    const [error, { command }] = await answer(this.#client, COMMIT, []);
    this.#giveBack(isUsable(this.#client) ? false : (error ?? true));
    if (error !== null) throw driverError(error, 'committing');
    if (command !== 'COMMIT')
      throw new TransactionAborted({ cause: undefined, retryable: false, outcome: 'not-committed' });
  }

  /** Rolls back; never throws, for whoever calls it has an error of their own. */
  async rollback(): Promise<void> {
    this.#end();
    if (this.#client === null || !this.#hasBegun) return this.#giveBack(false);
    if (isUsable(this.#client)) return this.#giveBack(false);
    const [error] = await answer(this.#client, ROLLBACK, []);
    this.#giveBack(error ?? !isUsable(this.#client));
  }

  #end(): void {
    if (this.#isBusy) throw new Misuse('A dbSession ended while a statement was running: await it.');
    this.#hasEnded = true;
  }

  #giveBack(broken: Error | boolean): void {
    this.#release?.(broken);
    this.#release = null;
  }

  #connected(): Promise<pg.PoolClient> {
    if (this.#client !== null) return Promise.resolve(this.#client);
    return new Promise((resolve, reject) => {
      this.#pool.checkOut((error, client, release) => {
        if (error !== null) return reject(driverError(error, 'connecting'));
        this.#client = client;
        this.#release = release;
        resolve(client);
      });
    });
  }
}

function answer(client: pg.PoolClient, step: Step, before: readonly Step[]): Promise<[Error | null, RowSink]> {
  return new Promise((resolve) => runStatement(client, step, before, (error, sink) => resolve([error, sink])));
}
