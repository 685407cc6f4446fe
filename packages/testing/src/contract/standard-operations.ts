import type {
  BatchResult,
  BatchTarget,
  BulkUpsertResult,
  DbReadSession,
  DbWriteSession,
  LockOptions,
  PartialResult,
  ReadOptions,
  UpsertResult,
  WriteOptions,
} from '@holdfast/base';
import type { BatchQuerier, Page, QueryCondition, Scope } from '@holdfast/querier';

/** The standard operations, as every repository that offers them has them. */
export interface StandardOperations<Row extends object, Data, Id, Create, Change> {
  create(scope: Scope<Row>, spec: Create, options?: WriteOptions): Promise<Data>;
  bulkCreate(scope: Scope<Row>, specs: readonly Create[], options?: WriteOptions): Promise<readonly Data[]>;
  bulkCreatePartial(
    scope: Scope<Row>,
    specs: readonly Create[],
    options?: WriteOptions,
  ): Promise<PartialResult<Data, Create>>;
  get(scope: Scope<Row>, id: Id, options?: ReadOptions | LockOptions): Promise<Data>;
  find(scope: Scope<Row>, id: Id, options?: ReadOptions | LockOptions): Promise<Data | null>;
  loadMany(scope: Scope<Row>, ids: readonly Id[], options?: ReadOptions): Promise<readonly (Data | null)[]>;
  search(scope: Scope<Row>, querier: BatchQuerier<Row>, options?: ReadOptions): Promise<Page<Data>>;
  count(scope: Scope<Row>, condition: QueryCondition<Row>, options?: ReadOptions): Promise<number>;
  update(
    scope: Scope<Row>,
    id: Id,
    change: Change,
    options?: WriteOptions & { readonly expectedVersion?: number },
  ): Promise<Data>;
  upsert(scope: Scope<Row>, spec: Create, options?: WriteOptions): Promise<UpsertResult<Data>>;
  bulkUpsert(scope: Scope<Row>, specs: readonly Create[], options?: WriteOptions): Promise<BulkUpsertResult>;
  delete(scope: Scope<Row>, id: Id, options?: WriteOptions): Promise<Data>;
  restore(scope: Scope<Row>, id: Id, options?: WriteOptions): Promise<Data>;
  purge(scope: Scope<Row>, id: Id, options?: WriteOptions): Promise<Data>;
  batchUpdate(
    scope: Scope<Row>,
    target: BatchTarget<Row, Id>,
    change: Change,
    options?: WriteOptions,
  ): Promise<BatchResult>;
  batchDelete(scope: Scope<Row>, target: BatchTarget<Row, Id>, options?: WriteOptions): Promise<BatchResult>;
  batchPurge(
    scope: Scope<Row>,
    target: BatchTarget<Row, Id>,
    options?: WriteOptions & { readonly batchSize?: number },
  ): Promise<BatchResult>;
}

/** The name of a standard operation. */
export type StandardOperation = keyof StandardOperations<object, unknown, unknown, unknown, unknown>;

/** A repository: the standard operations that it offers, and the way into a unit of work. */
export interface ContractRepository<Row extends object, Data, Id, Create, Change> extends Partial<
  StandardOperations<Row, Data, Id, Create, Change>
> {
  within(dbSession: DbReadSession | DbWriteSession): Partial<StandardOperations<Row, Data, Id, Create, Change>>;
}
