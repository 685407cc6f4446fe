import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { RowSink } from '../wire/row-sink.js';
import type { Step } from '../wire/statement.js';
import type { HoldfastError } from '@holdfast/errors';

/** A spec made ready for one database: the statement with its values, and what its answer means. */
export interface Plan<Result> extends Step {
  /** False where a write finds nothing to write and only reads. */
  readonly writes?: false;
  /** Makes the result of the rows that arrived; may throw, e.g. that there is none. */
  finish(sink: RowSink): Result;
  /** Turns an error of the database into the domain's own. */
  failure?(error: HoldfastError): HoldfastError;
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
