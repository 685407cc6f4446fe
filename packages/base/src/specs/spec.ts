import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { RowSink } from '../wire/row-sink.js';
import type { Step } from '../wire/statement.js';
import type { HoldfastError } from '@holdfast/errors';

/** A spec made ready for one database: the statement with its values, and what its answer means. */
export interface Plan<Result> extends Step {
  /** False where a write finds nothing to write and only reads. */
  readonly writes?: false;
  /** What comes before it, if anything does. */
  readonly ahead?: Ahead;
  /** Makes the result of the rows that arrived; may throw, e.g. that there is none. */
  finish(sink: RowSink): Result;
  /** Turns an error of the database into the domain's own. */
  failure?(error: HoldfastError): HoldfastError;
}

/** What comes before the statement of a plan. */
export interface Ahead {
  /** Settings of row-level security: they ride in front, under the same Sync. Null where there are none. */
  readonly settings: Step | null;
  /** Throws the error of the first thing that is missing. Reads ask in their own trip, writes in one before. */
  readonly checks: Plan<void> | null;
}

interface Spec<Result> {
  /** What it does, e.g. `get`; for events. */
  readonly name: string;
  /** Compiles it. Throws what is wrong with it; no database is asked. */
  plan(catalog: EntityCatalog): Plan<Result>;
}

/** One statement that reads, described and not yet executed: a frozen value. */
export interface ReadSpec<Result> extends Spec<Result> {
  readonly kind: 'read';
}

/** One statement that writes, described and not yet executed: a frozen value. */
export interface WriteSpec<Result> extends Spec<Result> {
  readonly kind: 'write';
}

export function readSpec<Result>(name: string, plan: (catalog: EntityCatalog) => Plan<Result>): ReadSpec<Result> {
  return Object.freeze({ kind: 'read', name, plan });
}

export function writeSpec<Result>(name: string, plan: (catalog: EntityCatalog) => Plan<Result>): WriteSpec<Result> {
  return Object.freeze({ kind: 'write', name, plan });
}
