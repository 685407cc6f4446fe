import type { HoldfastError } from '@holdfast/errors';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { Isolation } from '../session/isolation.js';
import type { CopyIn } from '../wire/copy-in.js';
import type { RowSink } from '../wire/row-sink.js';
import type { Step } from '../wire/statement.js';

/** A spec made ready for one database: the statement with its values, and what its answer means. */
export interface Plan<Result> extends Step {
  /** Statements of the same operation that ride in front of it, under the same Sync. */
  readonly before?: readonly Step[];
  /** False where a write finds nothing to write and only reads. */
  readonly writes?: false;
  /**
   * The same statement, made to fail (SQLSTATE 22012) where it does nothing, for instance because a trigger skips the row.
   * Absent where it may find nothing to do, or where it cannot be made so.
   */
  readonly orFails?: () => Step;
  /** What comes before it, if anything does. */
  readonly ahead?: Ahead;
  /** Of a part of a unit: its deferred constraints are checked in its own trip, and not only by COMMIT. */
  readonly checksDeferred?: boolean;
  /** Makes the result of the rows that arrived; may throw, e.g. that there is none. */
  finish(sink: RowSink): Result;
  /** Turns an error of the database into the domain's own. */
  failure?(error: HoldfastError): HoldfastError;
  /** Keys among its values that were made here, and are others for each call that asks for the same. */
  minted?(): readonly string[];
  /** Of an insertion whose key was made here: how it proves what became of it, if its answer is lost. */
  readonly proof?: (() => Proof<Result>) | null;
}

/** How an insertion proves what became of it: nobody else can have made a row with its key. */
export interface Proof<Result> {
  /** The same insertion, which does nothing where the key is there, after waiting for whoever is about to store it: null. */
  readonly again: Plan<Result | null>;
  /** The row as it is now, or null. */
  readonly stored: Plan<Result | null>;
}

/** What comes before the statement of a plan. */
export interface Ahead {
  /** Settings of row-level security: they ride in front, under the same Sync. Null where there are none. */
  readonly settings: Step | null;
  /** Throws the error of the first thing that is missing. Reads ask in their own trip, writes in one before. */
  readonly checks: Plan<void> | null;
}

interface Spec<Kind> {
  readonly kind: Kind;
  /** What it does, e.g. `get`; for events, and for operation keys. */
  readonly name: string;
  /** Whose rows it is about, as a text that is equal for equal scopes: operation keys belong to it. */
  scopeDigest?(): string;
}

interface StatementSpec<Kind, Result> extends Spec<Kind> {
  /** Compiles it, for whoever acts (null where nobody says). Throws what is wrong with it; no database is asked. */
  readonly plan: (catalog: EntityCatalog, actor?: string | null) => Plan<Result>;
}

/** One statement that reads, described and not yet executed: a frozen value. */
export type ReadSpec<Result> = StatementSpec<'read', Result>;

/** One statement that writes. */
export interface StatementWrite<Result> extends StatementSpec<'write', Result> {
  /** It locks rows until its transaction ends, so that it makes no sense as a transaction of its own. */
  readonly locks: boolean;
}

/** Rows to store by COPY, described and not yet stored. */
export interface CopySpec {
  /** Writes them down, for whoever acts; null where they cannot be stored so. */
  plan(catalog: EntityCatalog, actor: string | null): CopyPlan | null;
}

/** Rows written down for COPY. */
export interface CopyPlan extends CopyIn {
  /** Turns an error of the database into the domain's own. */
  failure(error: HoldfastError): HoldfastError;
}

/** Where the specs of a unit of work are executed, one after the other: a dbSession. */
export interface UnitOfWork {
  /** How far its transaction is kept apart from others. */
  readonly isolation: Isolation;
  execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>): Promise<Result>;
  /** Stores rows by COPY, and returns how many were stored; null where they cannot be stored so. */
  copy(spec: CopySpec): Promise<number | null>;
  /** Runs `work` so that its failure undoes only what it did. Rethrows. */
  savepoint<Result>(work: (unit: UnitOfWork) => Promise<Result>): Promise<Result>;
  /**
   * Waits for what is not the database's, e.g. the next item of a source, no longer than the signal and the deadline of
   * the transaction allow. Throws the signal's reason, or DeadlineExceeded.
   */
  waitFor<Result>(other: Promise<Result>): Promise<Result>;
}

/** Several statements in one transaction, all or nothing. */
export interface UnitWrite<Result> extends Spec<'write'> {
  /** Whether it may be made again as a whole: not where it reads what can be read only once. */
  readonly isRepeatable: boolean;
  unit(work: UnitOfWork): Promise<Result>;
  /** What it asks for, as a text that is equal for equal payloads: operation keys are bound to it. Default: nothing. */
  payload?(catalog: EntityCatalog, actor: string | null): string;
  /** Turns what COMMIT failed with, by a deferred constraint, into the domain's own error. */
  failure?(error: HoldfastError, catalog: EntityCatalog): HoldfastError;
}

/** Several specs, each a transaction of its own: what is done stays done. Only a Database executes it. */
export interface SeriesWrite<Result> extends Spec<'write'> {
  series(execute: UnitOfWork['execute']): Promise<Result>;
}

/** A write, described and not yet executed: a frozen value. */
export type WriteSpec<Result> = StatementWrite<Result> | UnitWrite<Result> | SeriesWrite<Result>;

/** A spec of one statement that reads; `name` is for events. `plan` is asked anew for each execution. */
export function readSpec<Result>(name: string, plan: ReadSpec<Result>['plan']): ReadSpec<Result> {
  return Object.freeze({ kind: 'read', name, plan });
}

/** A spec of one statement that writes. Executed alone it is a transaction, which may be made again if it collides. */
export function writeSpec<Result>(name: string, plan: StatementWrite<Result>['plan']): StatementWrite<Result> {
  return Object.freeze({ kind: 'write', name, plan, locks: false });
}

/** A read that locks its rows until the end of the transaction that it is part of. */
export function lockSpec<Result>(name: string, plan: StatementWrite<Result>['plan']): StatementWrite<Result> {
  return Object.freeze({ kind: 'write', name, plan, locks: true });
}

/**
 * A spec of several statements in one transaction, or in a savepoint of a dbSession. `unit` does nothing but execute
 * specs: unless `isRepeatable` is false (default true), it is run again as a whole where the transaction collides with
 * others.
 */
export function unitSpec<Result>(
  name: string,
  unit: UnitWrite<Result>['unit'],
  {
    isRepeatable = true,
    failure,
    payload,
  }: Partial<Pick<UnitWrite<Result>, 'isRepeatable' | 'failure' | 'payload'>> = {},
): UnitWrite<Result> {
  return Object.freeze({
    kind: 'write',
    name,
    unit,
    isRepeatable,
    ...(failure === undefined ? {} : { failure }),
    ...(payload === undefined ? {} : { payload }),
  });
}

/** A spec of several transactions, one for each spec that `series` executes. A dbSession refuses it (Misuse). */
export function seriesSpec<Result>(name: string, series: SeriesWrite<Result>['series']): SeriesWrite<Result> {
  return Object.freeze({ kind: 'write', name, series });
}
