import type { BulkUpsertResult, UpsertResult, WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import type { Resilience } from '@holdfast/resilience';
import type { CachingRepository, CachingRepositoryParts } from './caching-repository.js';
import type { Within } from './repository.js';
import { type SourceClass, standardRepository } from './standard-repository.js';
import type { SoftDeleteOperations } from './soft-delete-operations.js';
import type { StandardOperations } from './standard-operations.js';
import type { UpsertOperations } from './upsert-operations.js';

/** A repository that has the standard operations and upserts, to be extended. */
export type UpsertingRepository<Source extends Within, Row extends object, Data, Id, Create, Change> = new (
  parts: CachingRepositoryParts<Source, Row, Data, Id>,
) => CachingRepository<Source, Row, Data, Id> &
  StandardOperations<Row, Data, Id, Create, Change> &
  UpsertOperations<Row, Data, Create>;

/** The same with those of soft deletion. */
export type SoftDeletingUpsertingRepository<Source extends Within, Row extends object, Data, Id, Create, Change> = new (
  parts: CachingRepositoryParts<Source, Row, Data, Id>,
) => InstanceType<UpsertingRepository<Source, Row, Data, Id, Create, Change>> & SoftDeleteOperations<Row, Data, Id>;

type Upserting<Row extends object, Data, Id, Create, Change> = StandardOperations<Row, Data, Id, Create, Change> &
  UpsertOperations<Row, Data, Create>;

/** `standardRepository` with upserts. */
export function upsertingRepository<
  Row extends object,
  Data,
  Id,
  Create,
  Change,
  Source extends Within & Upserting<Row, Data, Id, Create, Change> & SoftDeleteOperations<Row, Data, Id>,
>(
  resilience: Resilience,
  dbSource: SourceClass<Source & Upserting<Row, Data, Id, Create, Change> & SoftDeleteOperations<Row, Data, Id>>,
): SoftDeletingUpsertingRepository<Source, Row, Data, Id, Create, Change>;
export function upsertingRepository<
  Row extends object,
  Data,
  Id,
  Create,
  Change,
  Source extends Within & Upserting<Row, Data, Id, Create, Change>,
>(
  resilience: Resilience,
  dbSource: SourceClass<Source & Upserting<Row, Data, Id, Create, Change>>,
): UpsertingRepository<Source, Row, Data, Id, Create, Change>;
export function upsertingRepository<
  Row extends object,
  Data,
  Id,
  Create,
  Change,
  Source extends Within & Upserting<Row, Data, Id, Create, Change>,
>(
  resilience: Resilience,
  dbSource: SourceClass<Source & Upserting<Row, Data, Id, Create, Change>>,
): UpsertingRepository<Source, Row, Data, Id, Create, Change> {
  return class
    extends standardRepository<Row, Data, Id, Create, Change, Source>(resilience, dbSource)
    implements UpsertOperations<Row, Data, Create>
  {
    @resilience.apply()
    upsert(scope: Scope<Row>, spec: Create, options?: WriteOptions): Promise<UpsertResult<Data>> {
      return this.cacheSource.upserting([spec], () => this.dbSource.upsert(scope, spec, options));
    }

    @resilience.apply()
    bulkUpsert(scope: Scope<Row>, specs: readonly Create[], options?: WriteOptions): Promise<BulkUpsertResult> {
      return this.cacheSource.upserting(specs, () => this.dbSource.bulkUpsert(scope, specs, options));
    }
  };
}
