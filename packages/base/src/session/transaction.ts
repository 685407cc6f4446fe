import { Misuse } from '@holdfast/errors';
import { Deadline } from '@holdfast/operation';
import type pg from 'pg';
import type { CommitWatch } from '../commit/commit-watch.js';
import { AmbiguousCommitError } from '../errors/database-error.js';
import { runError } from '../errors/driver-error.js';
import type { Phase } from '../errors/phase.js';
import { cancelable } from '../wire/cancelable.js';
import { fenced, needsFence } from '../wire/cancel-fence.js';
import { type Connections, isUsable, transactionStatus } from '../wire/connection-pool.js';
import { type CopyIn, copyIn } from '../wire/copy-in.js';
import type { RowSink } from '../wire/row-sink.js';
import { answered } from '../wire/answered.js';
import { runCancelable } from '../wire/run-cancelable.js';
import { runToItsEnd } from '../wire/run-to-its-end.js';
import { type RunLimits, whyGivenUp } from '../wire/run-limits.js';
import { limitsWithinCall } from '../ambient-limits.js';
import type { Step } from '../wire/statement.js';
import { COMMIT, ROLLBACK } from './begin.js';
import { refuseTransactionControl } from './refuse-transaction-control.js';
import { because } from './because.js';
import { Deferred } from './deferred.js';
import { LeasedConnection, type LeaseLimits } from './leased-connection.js';
import { RowScopeInForce } from './row-scope-in-force.js';
import type { StreamOnConnection } from './stream-on-connection.js';
import { Trouble } from './trouble.js';
import { Turns } from './turns.js';

/**
 * One transaction on one connection, taken when the first statement needs it. BEGIN rides with that statement, COMMIT is
 * a trip of its own; a transaction without statements sends nothing. Its signal and its deadline cancel what runs before
 * COMMIT, which is never cancelled; then it can only be undone. However it ends, the connection goes back to the
 * pool without an open transaction, or is closed.
 */
export class Transaction {
  readonly rowScope: RowScopeInForce;
  readonly trouble: Trouble;
  readonly #connection: LeasedConnection;
  readonly #beginning: readonly Step[];
  readonly #limits: LeaseLimits;
  // Who finds out about a COMMIT that is not answered, if anybody does.
  readonly #watch: CommitWatch | null;
  // Of a transaction that only reads, nothing is ever left behind.
  readonly #commitPhase: Phase;
  readonly #turns = new Turns();
  #running: Promise<unknown> | null = null;
  #hasBegun = false;
  #hasEnded = false;
  // What pg or TypeORM does on the connection besides; and what it reads there for longer than one call.
  readonly #watched = new Set<Promise<unknown>>();
  readonly #streams = new Set<StreamOnConnection>();

  constructor(
    kind: 'read' | 'write',
    pool: Connections,
    beginning: readonly Step[],
    limits: LeaseLimits,
    watch: CommitWatch | null = null,
  ) {
    this.trouble = new Trouble(kind === 'read' ? 'reading' : 'open');
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
      return Promise.reject(error as Error);
    }
    return this.#runInTurn(step, inFront, limits);
  }

  #runInTurn(step: Step, inFront: readonly Step[], limits: RunLimits): Promise<RowSink> {
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
      throw this.trouble.explained(error);
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
        return await cancelable(client, limits, () => use(client), this.trouble.giveUp);
      } catch (error) {
        this.trouble.noteByDriver(error);
        throw error;
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

  /** Whether it collided with others so that it cannot go on, whatever was made of the error. Null if it did not. */
  get collision(): Error | null {
    return this.trouble.collisionOn(this.#connection.client);
  }

  /** Throws Misuse, after having rolled back, if something is under way that nobody awaited. */
  async checkMayEnd(): Promise<void> {
    if (this.mayEnd) return;
    await this.rollback();
    throw new Misuse('A dbSession ended while a statement was running, and was rolled back: await its statements.');
  }

  /**
   * Commits, with statements riding in front. Throws TransactionAborted if the server rolled back; where its answer was
   * lost and cannot be made up for, AmbiguousCommitError, and CommitNotStored where it is known that nothing is stored.
   */
  commit(inFront: readonly Step[] = nothing): Promise<void> {
    const { client } = this.#connection;
    const isOpen =
      client !== null && this.#hasBegun && transactionStatus(client) !== 'I' && this.trouble.broken === null;
    const isReady = this.mayEnd && isOpen && whyGivenUp(this.#limits) === null;
    return isReady ? this.#send(client, inFront) : this.#commitAfterAll(inFront);
  }

  /** Where there is something to wait for, nothing to commit, or a reason not to. */
  async #commitAfterAll(inFront: readonly Step[]): Promise<void> {
    await this.checkMayEnd();
    const reason = this.trouble.givenUp ?? whyGivenUp(this.#limits);
    if (reason !== null) throw reason;
    this.#hasEnded = true;
    const client = await this.#connection.takenIfAny();
    if (client === null || !this.#hasBegun) return this.#connection.giveBack(false);
    this.trouble.lookAt(client);
    if (this.trouble.broken !== null) {
      await this.#undo(client);
      throw this.trouble.broken instanceof AmbiguousCommitError ? this.trouble.broken : because(this.trouble.broken);
    }
    return this.#send(client, inFront);
  }

  /** Sends COMMIT, which nobody takes back any more. */
  #send(client: pg.PoolClient, inFront: readonly Step[]): Promise<void> {
    this.#hasEnded = true;
    return answered(runToItsEnd, client, COMMIT, inFront, this.#limits).then(([failure, { command }]) => {
      this.#connection.giveBack(failure?.kind === 'lost' || !isUsable(client));
      if (failure !== null) return this.#settle(runError(failure, this.#commitPhase));
      if (command !== 'COMMIT') throw this.trouble.refusal;
    });
  }

  /** Whether nothing is under way that its end would have to wait for. */
  get mayEnd(): boolean {
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
    if (this.trouble.isLost) return this.#connection.giveBack(true);
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
    const ended = (): void => {
      this.#running = null;
      this.#turns.ended(running);
    };
    try {
      runCancelable(client, step, before, limits, (failure, sink) => {
        ended();
        try {
          answer.resolve(this.trouble.made(client, failure, sink, limits));
        } catch (error) {
          answer.reject(error as Error);
        }
      });
    } catch (error) {
      ended();
      throw error;
    }
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
    return this.trouble.made(client, failure, sink, limits);
  }

  #checkMayRun(): void {
    if (this.#hasEnded) throw new Misuse('This dbSession has ended.');
    if (this.trouble.broken !== null) throw this.trouble.broken;
    if (this.#streams.size > 0) {
      throw new Misuse('A stream is read on the connection of this dbSession: nothing else can run before its end.');
    }
  }

  #checkGoesOn(client: pg.PoolClient): void {
    if (this.#hasBegun) this.trouble.lookAt(client);
    if (this.trouble.broken !== null) throw this.trouble.broken;
  }
}

const nothing = [] as const;
