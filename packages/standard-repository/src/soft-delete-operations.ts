import type { BatchResult, BatchTarget, WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';

/** What repositories of entities offer besides whose definition says `softDelete`; of others it does not compile. */
export interface SoftDeleteOperations<Row extends object, Data, Id> {
  /** Hides one (soft). Throws the domain's not-found error. */
  delete(scope: Scope<Row>, id: Id, options?: WriteOptions): Promise<Data>;
  /** Brings a deleted one back. Throws the domain's not-found error for one that is not deleted. */
  restore(scope: Scope<Row>, id: Id, options?: WriteOptions): Promise<Data>;
  /** Hides many (soft), all or none. */
  batchDelete(scope: Scope<Row>, target: BatchTarget<Row, Id>, options?: WriteOptions): Promise<BatchResult>;
}
