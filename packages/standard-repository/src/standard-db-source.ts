import {
  type BatchResult,
  type BatchTarget,
  type ConflictCheck,
  checkObject,
  type CreatorSpec,
  type EntityOperations,
  type Executor,
  type LockOptions,
  type PartialResult,
  type ReadOptions,
  type SoftDeletingOperations,
  type UpdaterSpec,
  type WriteOptions,
} from '@holdfast/base';
import type { BatchQuerier, Page, QueryCondition, Scope } from '@holdfast/querier';
import type { Resilience } from '@holdfast/resilience';
import { CheckedDbSource } from './checked-db-source.js';
import type { DbSourceOptions } from './db-source.js';
import type { BatchPurgeWriteOptions, UpdateOptions } from './operation-options.js';
import { listed } from './listed.js';
import { partialResultOf } from './partial-result-of.js';
import { refusedAlone } from './refused-alone.js';
import { refusedInPlace } from './refused-in-place.js';
import type { SoftDeleteOperations } from './soft-delete-operations.js';
import type { StandardOperations } from './standard-operations.js';

/** What a domain says of its entity, for a db source to be made of. */
export interface StandardParts<Row extends object, Data, Id, Create, Change> {
  readonly operations: EntityOperations<Row, Data, Id>;
  /** The row of a new one. Throws `InvalidInput`. */
  readonly creator: (spec: Create) => CreatorSpec<Row>;
  /** What a change does to a row. Throws `InvalidInput`. */
  readonly updater: (change: Change) => UpdaterSpec<Row>;
  /** What of its own keeps a row from being purged, asked before what the application says. Default: nothing. */
  readonly conflictChecks?: readonly ConflictCheck[];
}

/** The same of an entity whose rows can be deleted and brought back: its definition says `softDelete`. */
export interface SoftDeletingParts<Row extends object, Data, Id, Create, Change> extends StandardParts<
  Row,
  Data,
  Id,
  Create,
  Change
> {
  readonly operations: SoftDeletingOperations<Row, Data, Id>;
}

/** A db source that has the standard operations, to be extended. */
export type StandardDbSource<Row extends object, Data, Id, Create, Change> = new (
  executor: Executor,
  options?: DbSourceOptions,
) => CheckedDbSource & StandardOperations<Row, Data, Id, Create, Change>;

/** The same with those of soft deletion. */
export type SoftDeletingDbSource<Row extends object, Data, Id, Create, Change> = new (
  executor: Executor,
  options?: DbSourceOptions,
) => CheckedDbSource & StandardOperations<Row, Data, Id, Create, Change> & SoftDeleteOperations<Row, Data, Id>;

// In overloads: no class can extend what a condition on type parameters decides.
/**
 * The db source of an entity, to be extended by what is particular to it; each operation is reported by `resilience`:
 * `class NoteDbSource extends standardDbSource(noteDbSourceResilience, { operations, creator, updater }) {}`.
 * It has the operations of soft deletion where its entity has.
 */
export function standardDbSource<Row extends object, Data, Id, Create, Change>(
  resilience: Resilience,
  parts: SoftDeletingParts<Row, Data, Id, Create, Change>,
): SoftDeletingDbSource<Row, Data, Id, Create, Change>;
export function standardDbSource<Row extends object, Data, Id, Create, Change>(
  resilience: Resilience,
  parts: StandardParts<Row, Data, Id, Create, Change>,
): StandardDbSource<Row, Data, Id, Create, Change>;
export function standardDbSource<Row extends object, Data, Id, Create, Change>(
  resilience: Resilience,
  parts: StandardParts<Row, Data, Id, Create, Change>,
): SoftDeletingDbSource<Row, Data, Id, Create, Change> {
  type Rows = Scope<Row>;
  type Target = BatchTarget<Row, Id>;

  const { creator, updater, conflictChecks: own = [] } = parts;
  // Creators and updaters look into what they are given.
  const created = (spec: Create): CreatorSpec<Row> => {
    checkObject(spec, '');
    return creator(spec);
  };
  const changed = (change: Change): UpdaterSpec<Row> => {
    checkObject(change, '');
    return updater(change);
  };
  // Of an entity without soft deletion they throw Misuse, and do not compile.
  const operations = parts.operations as SoftDeletingOperations<Row, Data, Id>;

  return class extends CheckedDbSource implements InstanceType<SoftDeletingDbSource<Row, Data, Id, Create, Change>> {
    constructor(executor: Executor, options: DbSourceOptions = {}) {
      super(executor, options);
    }

    @resilience.apply()
    create(scope: Rows, spec: Create, options?: WriteOptions): Promise<Data> {
      return this.executor.execute(operations.create(scope, created(spec)), options);
    }

    @resilience.apply()
    bulkCreate(scope: Rows, specs: readonly Create[], options?: WriteOptions): Promise<readonly Data[]> {
      return this.executor.execute(operations.bulkCreate(scope, listed(specs).map(refusedInPlace(creator))), options);
    }

    @resilience.apply()
    async bulkCreatePartial(
      scope: Rows,
      specs: readonly Create[],
      options?: WriteOptions,
    ): Promise<PartialResult<Data, Create>> {
      const spec = operations.bulkCreatePartial(scope, listed(specs).map(refusedAlone(creator)));
      return partialResultOf(await this.executor.execute(spec, options), specs);
    }

    @resilience.apply()
    get(scope: Rows, id: Id, options?: ReadOptions | LockOptions): Promise<Data> {
      return this.executor.execute(operations.get(scope, id, options), options);
    }

    @resilience.apply()
    find(scope: Rows, id: Id, options?: ReadOptions | LockOptions): Promise<Data | null> {
      return this.executor.execute(operations.find(scope, id, options), options);
    }

    @resilience.apply()
    loadMany(scope: Rows, ids: readonly Id[], options?: ReadOptions): Promise<readonly (Data | null)[]> {
      return this.executor.execute(operations.loadMany(scope, ids, options), options);
    }

    @resilience.apply()
    search(scope: Rows, querier: BatchQuerier<Row>, options?: ReadOptions): Promise<Page<Data>> {
      return this.executor.execute(operations.search(scope, querier, options), options);
    }

    @resilience.apply()
    count(scope: Rows, condition: QueryCondition<Row>, options?: ReadOptions): Promise<number> {
      return this.executor.execute(operations.count(scope, condition, options), options);
    }

    @resilience.apply()
    update(scope: Rows, id: Id, change: Change, options?: UpdateOptions): Promise<Data> {
      const expectedVersion = options?.expectedVersion;
      const spec = changed(change);
      const versioned = expectedVersion === undefined ? spec : { ...spec, expectedVersion };
      return this.executor.execute(operations.update(scope, id, versioned), options);
    }

    @resilience.apply()
    delete(scope: Rows, id: Id, options?: WriteOptions): Promise<Data> {
      return this.executor.execute(operations.delete(scope, id), options);
    }

    @resilience.apply()
    restore(scope: Rows, id: Id, options?: WriteOptions): Promise<Data> {
      return this.executor.execute(operations.restore(scope, id), options);
    }

    @resilience.apply()
    purge(scope: Rows, id: Id, options?: WriteOptions): Promise<Data> {
      return this.executor.execute(operations.purge(scope, id, { conflictChecks: this.purgeChecks() }), options);
    }

    @resilience.apply()
    batchUpdate(scope: Rows, target: Target, change: Change, options?: WriteOptions): Promise<BatchResult> {
      return this.executor.execute(operations.batchUpdate(scope, target, changed(change)), options);
    }

    @resilience.apply()
    batchDelete(scope: Rows, target: Target, options?: WriteOptions): Promise<BatchResult> {
      return this.executor.execute(operations.batchDelete(scope, target), options);
    }

    @resilience.apply()
    batchPurge(
      scope: Rows,
      target: Target,
      { batchSize, ...options }: BatchPurgeWriteOptions = {},
    ): Promise<BatchResult> {
      const conflictChecks = this.purgeChecks();
      const purge = batchSize === undefined ? { conflictChecks } : { conflictChecks, batchSize };
      return this.executor.execute(operations.batchPurge(scope, target, purge), options);
    }

    protected override purgeChecks(): readonly ConflictCheck[] {
      return [...own, ...super.purgeChecks()];
    }
  };
}
