import type { BatchResult, BatchTarget, LockOptions, PartialResult, ReadOptions, WriteOptions } from '@holdfast/base';
import type { BatchQuerier, Page, QueryCondition, Scope } from '@holdfast/querier';
import type { BatchPurgeWriteOptions, UpdateOptions } from './operation-options.js';

/**
 * What every repository offers. Every operation is confined to a scope: what lies outside of it cannot be told from what
 * is not there. Deleted rows (soft) are seen only where `includeDeleted` is said.
 *
 * All of them throw `InvalidInput` for what their columns cannot hold, `Misuse` for a scope that is none, and a violated
 * constraint as its class, or as what the entity makes of it.
 */
export interface StandardOperations<Row extends object, Data, Id, Create, Change> {
  /**
   * Creates one in the scope, which fills in what it says. Throws the domain's already-exists error, and `OutsideScope`
   * if the spec says what the scope does not.
   */
  create(scope: Scope<Row>, spec: Create, options?: WriteOptions): Promise<Data>;
  /** Creates all or none, in one transaction; results in the order given. Throws what `create` throws. */
  bulkCreate(scope: Scope<Row>, specs: readonly Create[], options?: WriteOptions): Promise<readonly Data[]>;
  /**
   * Creates those that can be created, in one transaction, and says of the others which they are and why: their errors
   * are what `create` throws.
   */
  bulkCreatePartial(
    scope: Scope<Row>,
    specs: readonly Create[],
    options?: WriteOptions,
  ): Promise<PartialResult<Data, Create>>;
  /**
   * One by id; within a dbSession that writes its row can be locked until the end. Throws the domain's not-found error,
   * and `LockNotAvailable` where it shall not wait.
   */
  get(scope: Scope<Row>, id: Id, options?: ReadOptions | LockOptions): Promise<Data>;
  /** One by id, or null: for when it is not certain that there is one. */
  find(scope: Scope<Row>, id: Id, options?: ReadOptions | LockOptions): Promise<Data | null>;
  /** Many by id in one statement, in the order of the ids, null for what is not there. */
  loadMany(scope: Scope<Row>, ids: readonly Id[], options?: ReadOptions): Promise<readonly (Data | null)[]>;
  /** One page of those that match. Build the querier with `batchQuerier`, or parse it with the package's fields. */
  search(scope: Scope<Row>, querier: BatchQuerier<Row>, options?: ReadOptions): Promise<Page<Data>>;
  /** How many match; `{}` is all of the scope. */
  count(scope: Scope<Row>, condition: QueryCondition<Row>, options?: ReadOptions): Promise<number>;
  /**
   * Changes one; a change of nothing returns it as it is. Throws the domain's not-found error, `VersionConflict` where an
   * `expectedVersion` is no longer the row's, and `OutsideScope` for a change that would move it out of the scope.
   */
  update(scope: Scope<Row>, id: Id, change: Change, options?: UpdateOptions): Promise<Data>;
  /** Removes one for good, deleted or not; returns its last data. Throws the domain's not-found error. */
  purge(scope: Scope<Row>, id: Id, options?: WriteOptions): Promise<Data>;
  /** Changes many, all or none. A condition that matches every row must be said as `everyRow(reason)`. */
  batchUpdate(
    scope: Scope<Row>,
    target: BatchTarget<Row, Id>,
    change: Change,
    options?: WriteOptions,
  ): Promise<BatchResult>;
  /** Removes many for good, deleted or not, all or none; `batchSize` rows a statement. */
  batchPurge(scope: Scope<Row>, target: BatchTarget<Row, Id>, options?: BatchPurgeWriteOptions): Promise<BatchResult>;
}
