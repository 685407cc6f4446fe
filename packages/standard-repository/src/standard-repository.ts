import type { BatchResult, BatchTarget, LockOptions, PartialResult, ReadOptions, WriteOptions } from '@holdfast/base';
import type { BatchQuerier, Page, QueryCondition, Scope } from '@holdfast/querier';
import type { Resilience } from '@holdfast/resilience';
import type { BatchPurgeWriteOptions, UpdateOptions } from './operation-options.js';
import { Repository, type RepositoryParts, type Within } from './repository.js';
import type { SoftDeleteOperations } from './soft-delete-operations.js';
import type { StandardOperations } from './standard-operations.js';

/** A repository that has the standard operations, to be extended. */
export type StandardRepository<Source extends Within, Row extends object, Data, Id, Create, Change> = new (
  parts: RepositoryParts<Source>,
) => Repository<Source> & StandardOperations<Row, Data, Id, Create, Change>;

/** The same with those of soft deletion. */
export type SoftDeletingRepository<Source extends Within, Row extends object, Data, Id, Create, Change> = new (
  parts: RepositoryParts<Source>,
) => Repository<Source> & StandardOperations<Row, Data, Id, Create, Change> & SoftDeleteOperations<Row, Data, Id>;

/** A class of db sources. */
export type SourceClass<Source> = abstract new (...args: never[]) => Source;

// In overloads: no class can extend what a condition on type parameters decides.
/**
 * The repository of an entity, to be extended by what is particular to it. Its operations are those of its db source,
 * each of them run in `resilience`, or in what an instance brings instead:
 * `class NoteRepository extends standardRepository(noteRepositoryResilience, NoteDbSource) {}`.
 */
export function standardRepository<
  Row extends object,
  Data,
  Id,
  Create,
  Change,
  Source extends Within & StandardOperations<Row, Data, Id, Create, Change> & SoftDeleteOperations<Row, Data, Id>,
>(
  resilience: Resilience,
  dbSource: SourceClass<
    Source & StandardOperations<Row, Data, Id, Create, Change> & SoftDeleteOperations<Row, Data, Id>
  >,
): SoftDeletingRepository<Source, Row, Data, Id, Create, Change>;
export function standardRepository<
  Row extends object,
  Data,
  Id,
  Create,
  Change,
  Source extends Within & StandardOperations<Row, Data, Id, Create, Change>,
>(
  resilience: Resilience,
  dbSource: SourceClass<Source & StandardOperations<Row, Data, Id, Create, Change>>,
): StandardRepository<Source, Row, Data, Id, Create, Change>;
export function standardRepository<
  Row extends object,
  Data,
  Id,
  Create,
  Change,
  Source extends Within & StandardOperations<Row, Data, Id, Create, Change> & SoftDeleteOperations<Row, Data, Id>,
>(
  resilience: Resilience,
  _dbSource: SourceClass<Source & StandardOperations<Row, Data, Id, Create, Change>>,
): SoftDeletingRepository<Source, Row, Data, Id, Create, Change> {
  type Rows = Scope<Row>;
  type Target = BatchTarget<Row, Id>;

  // Of a source without soft deletion its operations throw Misuse, and do not compile.
  return class
    extends Repository<Source>
    implements StandardOperations<Row, Data, Id, Create, Change>, SoftDeleteOperations<Row, Data, Id>
  {
    @resilience.apply()
    create(scope: Rows, spec: Create, options?: WriteOptions): Promise<Data> {
      return this.dbSource.create(scope, spec, options);
    }

    @resilience.apply()
    bulkCreate(scope: Rows, specs: readonly Create[], options?: WriteOptions): Promise<readonly Data[]> {
      return this.dbSource.bulkCreate(scope, specs, options);
    }

    @resilience.apply()
    bulkCreatePartial(
      scope: Rows,
      specs: readonly Create[],
      options?: WriteOptions,
    ): Promise<PartialResult<Data, Create>> {
      return this.dbSource.bulkCreatePartial(scope, specs, options);
    }

    @resilience.apply()
    get(scope: Rows, id: Id, options?: ReadOptions | LockOptions): Promise<Data> {
      return this.dbSource.get(scope, id, options);
    }

    @resilience.apply()
    find(scope: Rows, id: Id, options?: ReadOptions | LockOptions): Promise<Data | null> {
      return this.dbSource.find(scope, id, options);
    }

    @resilience.apply()
    loadMany(scope: Rows, ids: readonly Id[], options?: ReadOptions): Promise<readonly (Data | null)[]> {
      return this.dbSource.loadMany(scope, ids, options);
    }

    @resilience.apply()
    search(scope: Rows, querier: BatchQuerier<Row>, options?: ReadOptions): Promise<Page<Data>> {
      return this.dbSource.search(scope, querier, options);
    }

    @resilience.apply()
    count(scope: Rows, condition: QueryCondition<Row>, options?: ReadOptions): Promise<number> {
      return this.dbSource.count(scope, condition, options);
    }

    @resilience.apply()
    update(scope: Rows, id: Id, change: Change, options?: UpdateOptions): Promise<Data> {
      return this.dbSource.update(scope, id, change, options);
    }

    @resilience.apply()
    delete(scope: Rows, id: Id, options?: WriteOptions): Promise<Data> {
      return this.dbSource.delete(scope, id, options);
    }

    @resilience.apply()
    restore(scope: Rows, id: Id, options?: WriteOptions): Promise<Data> {
      return this.dbSource.restore(scope, id, options);
    }

    @resilience.apply()
    purge(scope: Rows, id: Id, options?: WriteOptions): Promise<Data> {
      return this.dbSource.purge(scope, id, options);
    }

    @resilience.apply()
    batchUpdate(scope: Rows, target: Target, change: Change, options?: WriteOptions): Promise<BatchResult> {
      return this.dbSource.batchUpdate(scope, target, change, options);
    }

    @resilience.apply()
    batchDelete(scope: Rows, target: Target, options?: WriteOptions): Promise<BatchResult> {
      return this.dbSource.batchDelete(scope, target, options);
    }

    @resilience.apply()
    batchPurge(scope: Rows, target: Target, options?: BatchPurgeWriteOptions): Promise<BatchResult> {
      return this.dbSource.batchPurge(scope, target, options);
    }
  };
}
