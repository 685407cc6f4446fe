import type { Database, ReadOptions } from '@holdfast/base';
import type { Cache } from '@holdfast/cache';
import type { Scope } from '@holdfast/querier';
import type { TestDatabaseArgs } from '../test-database.js';

/** A read that the cache answers. It is to hand on the options. */
export type CachedRead<Repository, Row, Data> = (
  repository: Repository,
  scope: Scope<Row>,
  data: Data,
  options?: ReadOptions,
) => Promise<unknown>;

/** A write of one row, or of several that it is one of. */
export interface CachedWrite<Repository, Data> {
  /** What must have been done to the row before. */
  readonly prepare?: (repository: Repository, data: Data) => Promise<unknown>;
  /** Changes what is read of the row, or removes it. */
  readonly write: (repository: Repository, data: Data) => Promise<unknown>;
}

/** What a repository says of itself that is tested with a cache. */
export interface CachingContract<Repository extends object, Row, Data> {
  /** The tables: see `createTestDatabase`. */
  readonly tables: Pick<TestDatabaseArgs, 'entities' | 'migrations'>;
  /** Makes the repository as an application does. */
  readonly repository: (parts: { readonly database: Database; readonly cache: Cache | undefined }) => Repository;
  /** Makes one more row. */
  readonly create: (repository: Repository) => Promise<Data>;
  /** A scope that plainly sees the row, and one that does not see it. */
  readonly mine: (data: Data) => Scope<Row>;
  readonly theirs: (data: Data) => Scope<Row>;
  /** The operations that the cache answers, by their names. */
  readonly reads: Readonly<Record<string, CachedRead<Repository, Row, Data>>>;
  /** All that change rows which are there. */
  readonly writes: Readonly<Record<string, CachedWrite<Repository, Data>>>;
  /** The names of all others: they ask the database, and change no row that is there. */
  readonly others: readonly string[];
}
