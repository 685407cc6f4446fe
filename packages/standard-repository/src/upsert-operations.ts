import type { BulkUpsertResult, UpsertResult, WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';

/** What repositories of entities offer whose rows are written by others again and again. */
export interface UpsertOperations<Row extends object, Data, Create> {
  /**
   * Creates one, or changes the one that is there as the source's rule says. Throws the domain's already-exists error
   * where that one is outside of the scope, `RowDeleted` where it is deleted (soft), and `OutsideScope`.
   */
  upsert(scope: Scope<Row>, spec: Create, options?: WriteOptions): Promise<UpsertResult<Data>>;
  /** The same for many, all or none. Throws what `upsert` throws, and `InvalidInput` if one is there twice. */
  bulkUpsert(scope: Scope<Row>, specs: readonly Create[], options?: WriteOptions): Promise<BulkUpsertResult>;
}
