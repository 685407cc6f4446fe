import { Misuse } from '@holdfast/errors';
import type { CallOptions } from '@holdfast/operation';
import type pg from 'pg';
import { connectionError } from '../errors/connection-error.js';
import { TransactionAborted } from '../errors/database-error.js';
import { type Phase, runError } from '../errors/driver-error.js';
import { nobodysRows, setsRowScope } from '../row-level-security/row-scope-settings.js';
import { type ConnectionPool, isUsable, transactionStatus } from '../wire/connection-pool.js';
import type { RowSink } from '../wire/row-sink.js';
import type { RunFailure } from '../wire/run-failure.js';
import { runStatement } from '../wire/run-statement.js';
import type { Step } from '../wire/statement.js';
import { COMMIT, ROLLBACK } from './begin.js';

/**
 * One transaction on one connection, taken when the first statement needs it. BEGIN rides with that statement, COMMIT is
 * a trip of its own; a transaction without statements sends nothing. However it ends, the connection goes back to the
 * pool without an open transaction, or is closed.
 */
export class Transaction {
  /** Whose rows may be touched where nothing else is said: what the transaction was opened with, or nobody's. */
  readonly rowScope: Step;
  readonly #pool: ConnectionPool;
  readonly #beginning: readonly Step[];
  readonly #options: CallOptions;
  /** What a failed COMMIT leaves behind: of a transaction that only reads, nothing. */
  readonly #commitPhase: Phase;
  #connecting: Promise<pg.PoolClient> | null = null;
  #beginningAlone: Promise<pg.PoolClient> | null = null;
  #running: Promise<unknown> | null = null;
  #release: ((broken?: Error | boolean) => void) | null = null;
  #hasBegun = false;
  #hasEnded = false;
  // What pg or TypeORM does on the connection besides.
  readonly #watched = new Set<Promise<unknown>>();
  // Why it can only be undone: a statement without an answer, a BEGIN that did not take, an undoing that failed.
  #broken: Error | null = null;
  // Whether not even ROLLBACK can be relied upon.
  #isLost = false;
  // Whether a spec has said another, ever, and since it was last taken back.
  #hasRowScope = false;
  #isRowScopeLeft = false;

  constructor(kind: 'read' | 'write', pool: ConnectionPool, beginning: readonly Step[], options: CallOptions) {
    this.#commitPhase = kind === 'read' ? 'open' : 'committing';
    this.#pool = pool;
    this.#beginning = beginning;
    this.#options = options;
    this.rowScope = beginning.find(setsRowScope) ?? nobodysRows;
  }

  /** Runs one statement, with others riding in front of it. Throws our errors. */
  run(step: Step, inFront: readonly Step[] = nothing): Promise<RowSink> {
    return this.exclusively(async (client) => {
      const before = this.#hasBegun ? inFront : [...this.#beginning, ...inFront];
      this.#hasBegun = true;
      this.#noteRowScope(inFront);
      const [failure, sink] = await answer(client, step, before);
      if (failure !== null) throw this.#failed(failure, client);
      return sink;
    });
  }

  /**
   * Begins if that has not happened, and hands out the connection for queries of pg's own. Whose rows they may touch was
   * said at the beginning, or nobody's: what specs have said since is taken back.
   */
  async begun(): Promise<pg.PoolClient> {
    this.#checkMayRun();
    const isOpen = this.#hasBegun && this.#beginningAlone === null;
    const client = await (isOpen ? this.#connected() : (this.#beginningAlone ??= this.#beginAlone()));
    if (this.#isRowScopeLeft) {
      this.#isRowScopeLeft = false;
      const [failure] = await answer(client, this.rowScope, nothing);
      if (failure !== null) throw this.#failed(failure, client);
    }
    return client;
  }

  /** What rides in front of a spec that says nothing of whose rows it touches: what an earlier one said is not for it. */
  rowScopeToTakeBack(): readonly Step[] {
    return this.#isRowScopeLeft ? [this.rowScope] : nothing;
  }

  /** A savepoint was rolled back to: what was set before it is in force again. */
  settingsCameBack(): void {
    this.#isRowScopeLeft = this.#hasRowScope;
  }

  /** Runs what uses the connection on its own; the end of the transaction waits for it. */
  async watched<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#checkMayRun();
    const running = work();
    this.#watched.add(running);
    try {
      return await running;
    } finally {
      this.#watched.delete(running);
    }
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#running, this.#beginningAlone, ...this.#watched]);
  }

  /** One statement at a time: the wire has no other way, and neither has a transaction. */
  async exclusively<Result>(use: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    this.#checkMayRun();
    if (this.#running !== null) {
      throw new Misuse('This dbSession is busy: statements of one transaction run one after the other.');
    }
    const running = this.#open().then(use);
    this.#running = running;
    try {
      return await running;
    } finally {
      this.#running = null;
    }
  }

  /** From now on it can only be undone, and whoever goes on with it is told why. */
  breakOff(reason: Error): void {
    this.#broken ??= reason;
  }

  /** Commits. Throws TransactionAborted if the server rolled back, AmbiguousCommitError if its answer was lost. */
  async commit(): Promise<void> {
    if (this.#running !== null || this.#watched.size > 0) {
      await this.rollback();
      throw new Misuse('A dbSession ended while a statement was running, and was rolled back: await its statements.');
    }
    this.#options.signal?.throwIfAborted();
    this.#hasEnded = true;
    const client = await this.#client();
    if (client === null || !this.#hasBegun) return this.#giveBack(false);
    this.#checkStillOpen(client);
    if (this.#broken !== null) {
      await this.#undo(client);
      throw new TransactionAborted({ cause: this.#broken, retryable: false, outcome: 'not-committed' });
    }
    const [failure, { command }] = await answer(client, COMMIT, []);
    this.#giveBack(failure?.kind === 'lost' || !isUsable(client));
    if (failure !== null) throw runError(failure, this.#commitPhase);
    if (command !== 'COMMIT') {
      throw new TransactionAborted({ cause: undefined, retryable: false, outcome: 'not-committed' });
    }
  }

  /** Waits for what is under way and rolls back; never throws, for whoever calls it has an error of their own. */
  async rollback(): Promise<void> {
    this.#hasEnded = true;
    await this.settled();
    const client = await this.#client();
    if (client === null || !this.#hasBegun) return this.#giveBack(false);
    await this.#undo(client);
  }

  async #undo(client: pg.PoolClient): Promise<void> {
    if (this.#release === null) return;
    if (this.#isLost) return this.#giveBack(true);
    const [failure] = await answer(client, ROLLBACK, []);
    this.#giveBack(failure !== null || !isUsable(client));
  }

  async #beginAlone(): Promise<pg.PoolClient> {
    const client = await this.#connected();
    // A statement may have brought the BEGIN along meanwhile.
    if (this.#hasBegun) return client;
    this.#hasBegun = true;
    const last = this.#beginning.at(-1)!;
    const [failure] = await answer(client, last, this.#beginning.slice(0, -1));
    if (failure !== null) throw this.#failed(failure, client);
    return client;
  }

  #connected(): Promise<pg.PoolClient> {
    this.#connecting ??= new Promise((resolve, reject) => {
      this.#pool.checkOut(this.#options, (error, client, release) => {
        if (error !== null) return reject(connectionError(error));
        this.#release = release;
        resolve(client);
      });
    });
    return this.#connecting;
  }

  /** The connection, if there is or will be one. */
  async #client(): Promise<pg.PoolClient | null> {
    return (await this.#connecting?.catch(() => null)) ?? null;
  }

  #failed(failure: RunFailure, client: pg.PoolClient): Error {
    const error = runError(failure, 'open');
    this.#isLost ||= failure.kind === 'lost' || failure.kind === 'not-sent';
    // Without a transaction what comes next would commit itself.
    if (this.#isLost || transactionStatus(client) === 'I') this.breakOff(error);
    return error;
  }

  #noteRowScope(steps: readonly Step[]): void {
    const last = steps.findLast(setsRowScope);
    if (last === undefined) return;
    this.#isRowScopeLeft = last !== this.rowScope;
    this.#hasRowScope ||= this.#isRowScopeLeft;
  }

  #checkMayRun(): void {
    if (this.#hasEnded) throw new Misuse('This dbSession has ended.');
    if (this.#broken !== null) throw this.#broken;
  }

  /** The connection, with the transaction on it open if it has begun. */
  async #open(): Promise<pg.PoolClient> {
    const client = await this.#connected();
    await this.#beginningAlone;
    if (this.#hasBegun) this.#checkStillOpen(client);
    if (this.#broken !== null) throw this.#broken;
    return client;
  }

  /** A COMMIT or ROLLBACK among the statements ends what the session still stands for. */
  #checkStillOpen(client: pg.PoolClient): void {
    if (transactionStatus(client) === 'I') {
      this.breakOff(new Misuse('A statement has ended the transaction of its dbSession.'));
    }
  }

  #giveBack(broken: boolean): void {
    this.#release?.(broken);
    this.#release = null;
  }
}

const nothing = [] as const;

function answer(client: pg.PoolClient, step: Step, before: readonly Step[]): Promise<[RunFailure | null, RowSink]> {
  return new Promise((resolve) => runStatement(client, step, before, (failure, sink) => resolve([failure, sink])));
}
