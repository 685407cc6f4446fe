import {
  type BulkUpsertResult,
  checkObject,
  type Executor,
  type UpsertResult,
  type UpsertRule,
  type WriteOptions,
} from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import type { Resilience } from '@holdfast/resilience';
import type { CheckedDbSource } from './checked-db-source.js';
import type { DbSourceOptions } from './db-source.js';
import { listed } from './listed.js';
import { refusedInPlace } from './refused-in-place.js';
import type { SoftDeleteOperations } from './soft-delete-operations.js';
import { type SoftDeletingParts, standardDbSource, type StandardParts } from './standard-db-source.js';
import type { StandardOperations } from './standard-operations.js';
import type { UpsertOperations } from './upsert-operations.js';

/** The same with what upserts change of a row that is there. */
export interface UpsertingParts<Row extends object, Data, Id, Create, Change> extends StandardParts<
  Row,
  Data,
  Id,
  Create,
  Change
> {
  readonly upsert: UpsertRule<Row>;
}

/** A db source that has the standard operations and upserts, to be extended. */
export type UpsertingDbSource<Row extends object, Data, Id, Create, Change> = new (
  executor: Executor,
  options?: DbSourceOptions,
) => CheckedDbSource & StandardOperations<Row, Data, Id, Create, Change> & UpsertOperations<Row, Data, Create>;

/** The same with those of soft deletion. */
export type SoftDeletingUpsertingDbSource<Row extends object, Data, Id, Create, Change> = new (
  executor: Executor,
  options?: DbSourceOptions,
) => InstanceType<UpsertingDbSource<Row, Data, Id, Create, Change>> & SoftDeleteOperations<Row, Data, Id>;

/** `standardDbSource` with upserts. */
export function upsertingDbSource<Row extends object, Data, Id, Create, Change>(
  resilience: Resilience,
  parts: UpsertingParts<Row, Data, Id, Create, Change> & SoftDeletingParts<Row, Data, Id, Create, Change>,
): SoftDeletingUpsertingDbSource<Row, Data, Id, Create, Change>;
export function upsertingDbSource<Row extends object, Data, Id, Create, Change>(
  resilience: Resilience,
  parts: UpsertingParts<Row, Data, Id, Create, Change>,
): UpsertingDbSource<Row, Data, Id, Create, Change>;
export function upsertingDbSource<Row extends object, Data, Id, Create, Change>(
  resilience: Resilience,
  parts: UpsertingParts<Row, Data, Id, Create, Change>,
): UpsertingDbSource<Row, Data, Id, Create, Change> {
  const { operations, creator, upsert: rule } = parts;

  return class extends standardDbSource(resilience, parts) implements UpsertOperations<Row, Data, Create> {
    @resilience.apply()
    upsert(scope: Scope<Row>, spec: Create, options?: WriteOptions): Promise<UpsertResult<Data>> {
      checkObject(spec, '');
      return this.executor.execute(operations.upsert(scope, { ...creator(spec), ...rule }), options);
    }

    @resilience.apply()
    bulkUpsert(scope: Scope<Row>, specs: readonly Create[], options?: WriteOptions): Promise<BulkUpsertResult> {
      return this.executor.execute(
        operations.bulkUpsert(scope, listed(specs).map(refusedInPlace(creator)), rule),
        options,
      );
    }
  };
}
