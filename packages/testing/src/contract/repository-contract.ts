import type { Database, Workload } from '@holdfast/base';
import type { QueryCondition, QueryOrder, Scope } from '@holdfast/querier';
import type { TestDatabase, TestDatabaseArgs } from '../test-database.js';
import type { ContractRepository, StandardOperation } from './contract-repository.js';

/** A class of errors. */
export type ErrorClass = abstract new (...args: never[]) => Error;

/** Somebody whose rows nobody else may see or touch. */
export interface ContractTenant<Row extends object, Create> {
  readonly scope: Scope<Row>;
  /**
   * What the tenant's row number `n` is created from: valid, and for each number something else. The same number again
   * is what exists already, unless `alreadyExists` is null.
   */
  readonly spec: (n: number) => Create;
}

/** A change that any number of rows can take, and what of the data shows that it was made. */
export interface ContractChange<Data, Change> {
  readonly change: Change;
  readonly seen: Partial<Data>;
}

/** What a repository says of itself, to be held to the contract of the standard operations. */
export interface RepositoryContract<Row extends object, Data extends object, Id, Create, Change> {
  /** The tables: see `createTestDatabase`. They are emptied before each case. */
  readonly tables: Pick<TestDatabaseArgs, 'entities' | 'migrations'>;
  /** Makes the repository as an application does. */
  readonly repository: (database: Database) => ContractRepository<Row, Data, Id, Create, Change>;
  /** Makes what the tenants' rows refer to, in the empty tables. */
  readonly prepare?: (test: TestDatabase) => Promise<void>;
  /** The standard operations that make no sense for the entity. One that is missing and not listed here is a failure. */
  readonly leavesOut?: readonly StandardOperation[];

  /** Two tenants, neither of whom may see the other's rows. */
  readonly mine: ContractTenant<Row, NoInfer<Create>>;
  readonly theirs: ContractTenant<Row, NoInfer<Create>>;
  readonly idOf: (data: NoInfer<Data>) => NoInfer<Id>;
  /** What a row keeps of its spec and the tenant's other rows do not have: `({ name }) => name`. */
  readonly mark: (of: NoInfer<Data | Create>) => unknown;
  /** An id that no row has. */
  readonly missing: NoInfer<Id>;
  /** The condition that the rows with these ids meet, and no others. */
  readonly byIds: (ids: readonly NoInfer<Id>[]) => QueryCondition<Row>;
  /** Orders in which all pages are walked; ties are welcome. Default: the one that a search has when none is given. */
  readonly orders?: readonly QueryOrder<Row>[];

  readonly change: ContractChange<NoInfer<Data>, NoInfer<Change>>;
  /** A change to NULL, if a column can be changed to it. */
  readonly nulling?: ContractChange<NoInfer<Data>, NoInfer<Change>>;
  /**
   * What upserts make of my row number `n` when it is there already, and what of the data shows that they did. Without it
   * they are only given the same specs again.
   */
  readonly upserting?: { readonly spec: (n: number) => NoInfer<Create>; readonly seen: Partial<NoInfer<Data>> };
  /** Whether `get` locks its row within a dbSession where it is told to: `{ lock: 'update' }`. Default false. */
  readonly locksRows?: boolean;
  /** Whether `batchPurge` takes a `batchSize`. Default false. */
  readonly purgesInBatches?: boolean;
  /** The version of a row, where `update` takes an `expectedVersion`. */
  readonly versionOf?: (data: NoInfer<Data>) => number;
  /** What must be refused with status 400 for the values in it, where there is such a thing. */
  readonly invalid?: { readonly create?: NoInfer<Create>; readonly change?: NoInfer<Change> };
  /** Properties that writes change on their own, e.g. `modifiedAt`. Default none. */
  readonly bookkeeping?: readonly string[];

  /** Where an operation sends more statements than `statementCounts` of @holdfast/base declares: how many at most. */
  readonly statements?: Partial<Readonly<Record<StandardOperation, (workload: Workload) => number>>>;

  /** What is thrown for an id that is not there, or lies outside of the scope. */
  readonly notFound: ErrorClass;
  /** What is thrown for a row that exists already; null if no two rows can collide. */
  readonly alreadyExists: ErrorClass | null;
}

/** A contract whose types do not matter: inside the suite. */
export type AnyContract = RepositoryContract<object, object, unknown, object, object>;
