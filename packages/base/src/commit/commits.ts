import type { Outcome } from '@holdfast/errors';
import { type Clock, Deadline, operationsAreObserved, publishOperation } from '@holdfast/operation';
import type pg from 'pg';
import { answered } from '../wire/answered.js';
import { runCancelable } from '../wire/run-cancelable.js';
import type { RunFailure } from '../wire/run-failure.js';
import type { RunLimits } from '../wire/run-limits.js';
import type { StatementPolicy } from '../wire/statement-policy.js';
import { AmbiguousCommitError, CommitNotStored } from '../errors/database-error.js';
import { sqlStateOf } from '../errors/sql-state.js';
import { CommitResolver } from './commit-resolver.js';
import { type CommitAuthority, CommitWatch, type WatchedWrite } from './commit-watch.js';
import { askServerState, type ServerState, serverStateIn } from './incarnation.js';
import { type ProbedKey, probeKey } from '../operation-keys/key-probe.js';
import { KeyTaken } from '../operation-keys/key-taken.js';
import type { KeyedWrite } from '../operation-keys/keyed-write.js';
import type { Plan } from '../specs/spec.js';
import { ResolverPool } from './resolver-pool.js';
import type { TransactionIdentity } from './transaction-identity.js';

/** How long is asked what became of a commit. A deadline of the call that is nearer ends it, but not before a second. */
const RESOLVE_MS = 10_000;
const SHORTEST_RESOLVE_MS = 1_000;

const cannotTell =
  'The database does not tell which life of the server a transaction belongs to (functions that the role may not ' +
  'execute, or a newer PostgreSQL): a COMMIT whose answer is lost cannot be resolved, and is an AmbiguousCommitError ' +
  'unless the write has an operation key.';

export interface CommitsArgs {
  /** The application's pool, whose server is asked. */
  readonly poolOf: () => pg.Pool;
  readonly policy: StatementPolicy;
  readonly clock: Clock;
  /** Under which events are published. */
  readonly source: object;
}

/** Makes up for answers to COMMIT that were lost, for the transactions of one Database. */
export class Commits implements CommitAuthority {
  /** The tiny pool that is asked. */
  readonly connections: ResolverPool;
  readonly #resolver: CommitResolver;
  readonly clock: Clock;
  readonly #source: object;
  readonly #servers = new WeakMap<object, ServerState | null>();
  #hasWarned = false;

  constructor({ poolOf, policy, clock, source }: CommitsArgs) {
    this.connections = new ResolverPool(poolOf, policy);
    this.clock = clock;
    this.#resolver = new CommitResolver(this.connections, clock);
    this.#source = source;
  }

  /** For one transaction of an operation, with an operation key or without. */
  watch(operation: string, key: KeyedWrite | null = null): CommitWatch {
    return new CommitWatch(this, { operation, key });
  }

  /** What a connection leads to; it is asked once, for a backend does not outlive its server. Null where it does not say. */
  async serverBehind(client: pg.ClientBase, limits: RunLimits): Promise<ServerState | null> {
    const known = this.knownServerBehind(client);
    if (known !== undefined) return known;
    const ask = { statement: askServerState, values: [] };
    const [failure, sink] = await answered(runCancelable, client, ask, [], limits);
    const state = failure === null ? serverStateIn(sink) : null;
    // One that follows another server may lead it later; one that was not there to answer, or was kept from it, said nothing.
    if (state?.isStandby === true || (failure !== null && !isRefused(failure))) return state;
    this.#servers.set(client, state);
    if (state === null || state.incarnation === null) this.#warn();
    return state;
  }

  knownServerBehind(client: pg.ClientBase): ServerState | null | undefined {
    return this.#servers.get(client);
  }

  async settle(
    lost: AmbiguousCommitError,
    identity: TransactionIdentity | null,
    write: WatchedWrite,
    deadlineMs: number | null,
  ): Promise<void> {
    const { verdict, byAnother } = await this.#found(identity, write, deadlineMs);
    if (byAnother) throw new KeyTaken();
    if (verdict === 'committed') return;
    if (verdict === 'unknown') throw new AmbiguousCommitError(lost.cause, () => this.resolve(identity, write, null));
    throw new CommitNotStored({ cause: lost.cause, retryable: true, outcome: 'not-committed' });
  }

  /** What became of a transaction: told by the server that it ran in, else by its operation key. */
  async resolve(
    identity: TransactionIdentity | null,
    write: WatchedWrite,
    deadlineMs: number | null,
  ): Promise<Outcome> {
    return (await this.#found(identity, write, deadlineMs)).verdict;
  }

  #found(
    identity: TransactionIdentity | null,
    { operation, key }: WatchedWrite,
    deadlineMs: number | null,
  ): Promise<ProbedKey> {
    return this.found(operation, deadlineMs, async (deadline) => {
      const told = identity === null ? 'unknown' : await this.#resolver.resolve(identity, deadline);
      const isAsked = told === 'unknown' && key !== null;
      return isAsked ? probeKey(key, this.connections, deadline, this.clock) : { verdict: told, byAnother: false };
    });
  }

  /** Finds out what became of a write within the time that there is for it, and tells observers. */
  async found<Found extends { readonly verdict: Outcome }>(
    operation: string,
    deadlineMs: number | null,
    find: (deadline: Deadline) => Promise<Found>,
  ): Promise<Found> {
    const begin = this.clock.now();
    const limitMs = deadlineMs === null ? RESOLVE_MS : Math.max(SHORTEST_RESOLVE_MS, deadlineMs);
    const found = await find(Deadline.after(Math.min(RESOLVE_MS, limitMs), this.clock));
    if (operationsAreObserved()) {
      const durationMs = this.clock.now() - begin;
      const { verdict } = found;
      const source = this.#source;
      publishOperation({ kind: 'commit-resolved', at: null, operation, source, verdict, durationMs });
    }
    return found;
  }

  /** Ends the process that a statement was sent to, if it still runs it. */
  terminate(processId: number, { statement }: Plan<unknown>, deadline: Deadline): Promise<void> {
    return this.#resolver.terminate(processId, statement, deadline);
  }

  close(): Promise<void> {
    return this.connections.close();
  }

  #warn(): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    process.emitWarning(cannotTell, { code: 'HOLDFAST_COMMITS_NOT_RESOLVED' });
  }
}

/** The role may not ask, or there is nothing to be asked (PostgreSQL appendix A, class 42). A timeout says neither. */
function isRefused({ kind, error }: RunFailure): boolean {
  return kind === 'answered' && sqlStateOf(error)?.startsWith('42') === true;
}
