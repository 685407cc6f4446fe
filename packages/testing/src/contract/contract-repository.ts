import type { DbReadSession, DbWriteSession } from '@holdfast/base';
import type { SoftDeleteOperations, StandardOperations, UpsertOperations } from '@holdfast/standard-repository';

/** All operations that the contract knows, as every repository that offers them has them. */
export interface ContractOperations<Row extends object, Data, Id, Create, Change>
  extends
    StandardOperations<Row, Data, Id, Create, Change>,
    SoftDeleteOperations<Row, Data, Id>,
    UpsertOperations<Row, Data, Create> {}

/** The name of a standard operation. */
export type StandardOperation = keyof ContractOperations<object, unknown, unknown, unknown, unknown>;

/** A repository: the standard operations that it offers, and the way into a unit of work. */
export interface ContractRepository<Row extends object, Data, Id, Create, Change> extends Partial<
  ContractOperations<Row, Data, Id, Create, Change>
> {
  within(dbSession: DbReadSession | DbWriteSession): Partial<ContractOperations<Row, Data, Id, Create, Change>>;
}
