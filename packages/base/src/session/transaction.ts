import { Misuse } from '@holdfast/errors';
import { Deadline } from '@holdfast/operation';
import type pg from 'pg';
import type { CommitWatch } from '../commit/commit-watch.js';
import { AmbiguousCommitError, SerializationFailure, TransactionAborted } from '../errors/database-error.js';
import { DeadlineExceeded } from '../errors/deadline-exceeded.js';
import { driverError, runError } from '../errors/driver-error.js';
import type { Phase } from '../errors/phase.js';
import { cancelable } from '../wire/cancelable.js';
import { fenced, needsFence } from '../wire/cancel-fence.js';
import { type Connections, isUsable, transactionStatus } from '../wire/connection-pool.js';
import { type CopyIn, copyIn } from '../wire/copy-in.js';
import type { RowSink } from '../wire/row-sink.js';
import type { RunFailure } from '../wire/run-failure.js';
import { answered } from '../wire/answered.js';
import { runCancelable } from '../wire/run-cancelable.js';
import { runToItsEnd } from '../wire/run-to-its-end.js';
import { isLimited, type RunLimits, whyGivenUp } from '../wire/run-limits.js';
import { limitsWithinCall } from '../ambient-limits.js';
import type { Step } from '../wire/statement.js';
import { COMMIT, ROLLBACK } from './begin.js';
import { refuseTransactionControl } from './refuse-transaction-control.js';
import { because } from './because.js';
import { collisionIn } from './collision.js';
import { Deferred } from './deferred.js';
import { LeasedConnection, type LeaseLimits } from './leased-connection.js';
import { RowScopeInForce } from './row-scope-in-force.js';
import type { StreamOnConnection } from './stream-on-connection.js';
import { Turns } from './turns.js';
import { wraps } from './wraps.js';

/**
 * One transaction on one connection, taken when the first statement needs it. BEGIN rides with that statement, COMMIT is
 * a trip of its own; a transaction without statements sends nothing. Its signal and its deadline cancel what runs before
 * COMMIT, which is never cancelled; then it can only be undone. However it ends, the connection goes back to the
 * pool without an open transaction, or is closed.
 */
export class Transaction {
  readonly rowScope: RowScopeInForce;
  readonly #connection: LeasedConnection;
  readonly #beginning: readonly Step[];
  readonly #limits: LeaseLimits;
  // Who finds out about a COMMIT that is not answered, if anybody does.
  readonly #watch: CommitWatch | null;
  /** Until COMMIT, and then: of a transaction that only reads, nothing is ever left behind. */
  readonly #phase: Phase;
  readonly #commitPhase: Phase;
  readonly #turns = new Turns();
  #running: Promise<unknown> | null = null;
  #hasBegun = false;
  #hasEnded = false;
  // What pg or TypeORM does on the connection besides; and what it reads there for longer than one call.
  readonly #watched = new Set<Promise<unknown>>();
  readonly #streams = new Set<StreamOnConnection>();
  // Why it can only be undone: a statement without an answer, a BEGIN that did not take, an undoing that failed.
  #broken: Error | null = null;
  // Whether not even ROLLBACK can be relied upon.
  #isLost = false;
  // Why it was given up while a statement ran, if it was.
  #givenUp: Error | null = null;
  // What the statement failed with that made the server refuse all others, if one did.
  #lastFailure: Error | null = null;

  constructor(
    kind: 'read' | 'write',
    pool: Connections,
    beginning: readonly Step[],
    limits: LeaseLimits,
    watch: CommitWatch | null = null,
  ) {
    this.#phase = kind === 'read' ? 'reading' : 'open';
    this.#commitPhase = kind === 'read' ? 'reading' : 'committing';
    this.#connection = new LeasedConnection(pool, limits);
    this.#beginning = beginning;
    this.#limits = limits;
    this.#watch = watch;
    this.rowScope = new RowScopeInForce(beginning);
  }

  /** Runs one statement, with others riding in front of it. Throws our errors. */
  run(step: Step, inFront: readonly Step[] = nothing): Promise<RowSink> {
    const limits = limitsWithinCall(this.#limits);
    try {
      this.#checkMayRun();
      this.#checkIsFree();
      const client = this.#connection.takenAtOnce();
      const watching = client === null || !this.#turns.areFree ? null : this.#beginsAtOnce(client);
      if (client !== null && watching !== null) return this.#runAtOnce(client, step, [...watching, ...inFront], limits);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#exclusively(async () => {
      const client = await this.#connection.taken();
      return this.#turns.take(async () => {
        this.#checkGoesOn(client);
        const before = this.#hasBegun ? inFront : [...(await this.#begin(client)), ...inFront];
        this.rowScope.note(inFront);
        return this.#answered(client, step, before, limits);
      });
    });
  }

  /** Runs one query of pg's own. Throws our errors. */
  query<Row extends object>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    return this.#exclusively(async () => {
      refuseTransactionControl(text);
      return (await this.#explaining((client) => client.query<Row>(text, [...values]))).rows;
    });
  }

  /** Stores rows by COPY; returns how many were stored. Throws our errors. */
  copy(rows: CopyIn): Promise<number> {
    return this.#exclusively(() => this.#explaining((client) => copyIn(client, rows)));
  }

  async #explaining<Result>(use: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    try {
      return await this.byDriver(use);
    } catch (error) {
      throw this.explained(error);
    }
  }

  /**
   * Lets pg or TypeORM use the connection for one query, after those that came before, and begins if that has not
   * happened. Whose rows it may touch was said at the beginning, or nobody's: what specs have said since is taken back.
   */
  async byDriver<Result>(use: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    this.#checkMayRun();
    const limits = limitsWithinCall(this.#limits);
    const client = await this.#connection.taken();
    return this.#turns.take(async () => {
      this.#checkGoesOn(client);
      await this.#prepareForDriver(client, limits);
      try {
        return await cancelable(client, limits, () => use(client), this.#giveUp);
      } catch (error) {
        throw this.#noted(error, driverError(error, this.#phase));
      }
    });
  }

  /** The connection, with the transaction begun on it. */
  begun(): Promise<pg.PoolClient> {
    return this.byDriver((client) => Promise.resolve(client));
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

  /** Nothing else runs while this one is read; the end of the transaction closes it. */
  streams(stream: StreamOnConnection): void {
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
  }

  /** For whoever takes long: throws the reason of its signal, if that has aborted. */
  throwIfAborted(): void {
    this.#limits.signal?.throwIfAborted();
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#running, ...this.#watched]);
    await this.#turns.over();
  }

  /** From now on it can only be undone, and whoever goes on with it is told why. */
  breakOff(reason: Error): void {
    this.#broken ??= reason;
  }

  /** Whether it collided with others so that it cannot go on, whatever was made of the error. Null if it did not. */
  get collision(): Error | null {
    const { client } = this.#connection;
    const goesOn = this.#broken === null && (client === null || transactionStatus(client) === 'T');
    return goesOn ? null : collisionIn(this.#broken ?? this.#lastFailure);
  }

  /** Our error for what a statement failed with; for one that failed as another had failed before, that other. */
  explained(error: unknown): unknown {
    if (this.#givenUp !== null && wraps(error, this.#givenUp)) return this.#givenUp;
    const known = driverError(error, this.#phase);
    const first = this.#lastFailure;
    return known instanceof TransactionAborted && known.sqlState !== null && first !== null ? because(first) : known;
  }

  /** Throws Misuse, after having rolled back, if something is under way that nobody awaited. */
  async checkMayEnd(): Promise<void> {
    if (this.#mayEnd) return;
    await this.rollback();
    throw new Misuse('A dbSession ended while a statement was running, and was rolled back: await its statements.');
  }

  /**
   * Commits, with statements riding in front. Throws TransactionAborted if the server rolled back; where its answer was
   * lost and cannot be made up for, AmbiguousCommitError, and CommitNotStored where it is known that nothing is stored.
   */
  async commit(inFront: readonly Step[] = nothing): Promise<void> {
    if (!this.#mayEnd) await this.checkMayEnd();
    const reason = this.#givenUp ?? whyGivenUp(this.#limits);
    if (reason !== null) throw reason;
    this.#hasEnded = true;
    const client = this.#connection.client ?? (await this.#connection.takenIfAny());
    if (client === null || !this.#hasBegun) return this.#connection.giveBack(false);
    this.#checkStillOpen(client);
    if (this.#broken !== null) {
      await this.#undo(client);
      throw this.#broken instanceof AmbiguousCommitError ? this.#broken : because(this.#broken);
    }
    const [failure, { command }] = await answered(runToItsEnd, client, COMMIT, inFront, this.#limits);
    this.#connection.giveBack(failure?.kind === 'lost' || !isUsable(client));
    if (failure !== null) return this.#settle(runError(failure, this.#commitPhase));
    if (command !== 'COMMIT') throw because(this.#lastFailure);
  }

  get #mayEnd(): boolean {
    return this.#running === null && this.#watched.size === 0 && this.#streams.size === 0;
  }

  /** COMMIT failed: resolves if it is found to have been done all the same. */
  async #settle(error: Error): Promise<void> {
    if (this.#watch === null || !(error instanceof AmbiguousCommitError)) throw error;
    await this.#watch.settle(error, this.#limits.deadline?.remainingMs ?? null);
  }

  /** Waits for what is under way and rolls back; never throws, for whoever calls it has an error of their own. */
  async rollback(): Promise<void> {
    this.#hasEnded = true;
    for (const stream of this.#streams) stream.destroy();
    await this.settled();
    const client = await this.#connection.takenIfAny();
    if (client === null || !this.#hasBegun) return this.#connection.giveBack(false);
    await this.#undo(client);
  }

  async #undo(client: pg.PoolClient): Promise<void> {
    if (this.#connection.isGivenBack) return;
    if (this.#isLost) return this.#connection.giveBack(true);
    // What was to begin it was never sent, or a statement has ended it.
    if (transactionStatus(client) === 'I' && !needsFence(client)) return this.#connection.giveBack(!isUsable(client));
    if (needsFence(client)) return this.#connection.giveBack((await fenced(client)) === 'broken');
    const [failure] = await answered(runToItsEnd, client, ROLLBACK, nothing, { deadline: Deadline.after(0) });
    this.#connection.giveBack(failure !== null || !isUsable(client));
  }

  /** Where there is nothing to wait for but the answer: one promise instead of a dozen, which are most of what it costs. */
  #runAtOnce(client: pg.PoolClient, step: Step, before: readonly Step[], limits: RunLimits): Promise<RowSink> {
    this.#checkGoesOn(client);
    this.#hasBegun = true;
    this.rowScope.note(before);
    // Before it is sent: what is given up already is answered at once.
    const answer = new Deferred<RowSink>();
    const running = (this.#running = answer.promise);
    this.#turns.began(running);
    runCancelable(client, step, before, limits, (failure, sink) => {
      this.#running = null;
      this.#turns.ended(running);
      try {
        answer.resolve(this.#made(client, failure, sink, limits));
      } catch (error) {
        answer.reject(error as Error);
      }
    });
    return running;
  }

  /** What rides in front of the first statement, and nothing in front of others; null where the server has to be asked. */
  #beginsAtOnce(client: pg.PoolClient): readonly Step[] | null {
    if (this.#hasBegun) return nothing;
    if (this.#watch === null) return this.#beginning;
    const watching = this.#watch.stepsAtOnce(client);
    return watching === null ? null : [...this.#beginning, ...watching];
  }

  #checkIsFree(): void {
    if (this.#running === null) return;
    throw new Misuse('This dbSession is busy: statements of one transaction run one after the other.');
  }

  /** One statement at a time: the wire has no other way, and neither has a transaction. */
  async #exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#checkMayRun();
    this.#checkIsFree();
    const running = work();
    this.#running = running;
    try {
      return await running;
    } finally {
      this.#running = null;
    }
  }

  async #prepareForDriver(client: pg.PoolClient, limits: RunLimits): Promise<void> {
    if (!this.#hasBegun) {
      const steps = await this.#begin(client);
      await this.#answered(client, steps.at(-1)!, steps.slice(0, -1), limits);
    }
    if (this.rowScope.isLeft) {
      const { standing } = this.rowScope;
      this.rowScope.note([standing]);
      await this.#answered(client, standing, nothing, limits);
    }
  }

  /** What begins it on this connection, in front of what comes first. */
  async #begin(client: pg.PoolClient): Promise<readonly Step[]> {
    const watching = this.#watch === null ? nothing : await this.#watch.steps(client, this.#limits);
    this.#hasBegun = true;
    return [...this.#beginning, ...watching];
  }

  async #answered(client: pg.PoolClient, step: Step, before: readonly Step[], limits: RunLimits): Promise<RowSink> {
    const [failure, sink] = await answered(runCancelable, client, step, before, limits);
    return this.#made(client, failure, sink, limits);
  }

  /** What a statement came to. Throws our errors. */
  #made(client: pg.PoolClient, failure: RunFailure | null, sink: RowSink, limits: RunLimits): RowSink {
    if (failure?.kind === 'canceled') {
      this.#giveUp(failure.error);
      throw failure.error;
    }
    if (isLimited(limits) && needsFence(client)) {
      // What was answered all the same is the caller's; the cancel may hit what comes next.
      this.#giveUp(whyGivenUp(limits) ?? new DeadlineExceeded());
    }
    if (failure === null) return sink;
    const error = this.explained(runError(failure, this.#phase)) as Error;
    this.#isLost ||= failure.kind === 'lost' || failure.kind === 'not-sent';
    // Without a transaction what comes next would commit itself.
    if (this.#isLost || transactionStatus(client) === 'I') this.breakOff(error);
    throw this.#noted(error, error);
  }

  readonly #giveUp = (reason: Error): void => {
    this.#givenUp ??= reason;
    this.breakOff(reason);
  };

  /** Remembers a failure, as the error of ours that it is. */
  #noted(error: unknown, known: unknown): unknown {
    if (!(known instanceof Error) || known instanceof TransactionAborted) return error;
    this.#lastFailure = known;
    // What has been read need not have been so; not even a savepoint that is undone makes up for that (PostgreSQL 13.2.3).
    if (known instanceof SerializationFailure) this.breakOff(known);
    return error;
  }

  #checkMayRun(): void {
    if (this.#hasEnded) throw new Misuse('This dbSession has ended.');
    if (this.#broken !== null) throw this.#broken;
    if (this.#streams.size > 0) {
      throw new Misuse('A stream is read on the connection of this dbSession: nothing else can run before its end.');
    }
  }

  #checkGoesOn(client: pg.PoolClient): void {
    if (this.#hasBegun) this.#checkStillOpen(client);
    if (this.#broken !== null) throw this.#broken;
  }

  /** A COMMIT or ROLLBACK that came through among the statements has ended it; which of them, and when, nobody says. */
  #checkStillOpen(client: pg.PoolClient): void {
    if (transactionStatus(client) !== 'I') return;
    const misuse = new Misuse('A statement has ended the transaction of its dbSession.');
    this.breakOff(this.#phase === 'reading' ? misuse : new AmbiguousCommitError(misuse));
  }
}

const nothing = [] as const;
