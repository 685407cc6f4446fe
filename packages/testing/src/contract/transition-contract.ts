import type { Database } from '@holdfast/base';
import type { TestDatabaseArgs } from '../test-database.js';
import type { ErrorClass } from './repository-contract.js';

/** What has a status, as callers get it. */
export interface WithStatus<Id, Status> {
  readonly id: Id;
  readonly status: Status;
}

/** What a repository says of its `updateStatus`. */
export interface TransitionContract<Repository, Data extends WithStatus<unknown, string>> {
  /** The tables: see `createTestDatabase`. */
  readonly tables: Pick<TestDatabaseArgs, 'entities' | 'migrations'>;
  /** The table of the rows that are moved. */
  readonly table: string;
  /** Makes the repository as an application does. */
  readonly repository: (database: Database) => Repository;
  /** Creates one more of mine, and one of somebody else's: their status is `initial`. */
  readonly create: (repository: Repository) => Promise<Data>;
  readonly createTheirs: (repository: Repository) => Promise<Data>;
  /** `updateStatus`, `get` and `delete` (soft) of mine. */
  readonly move: (repository: Repository, id: Data['id'], to: Data['status']) => Promise<Data>;
  readonly get: (repository: Repository, id: Data['id']) => Promise<Data>;
  readonly delete: (repository: Repository, id: Data['id']) => Promise<unknown>;
  /** An id that no row has. */
  readonly missing: Data['id'];
  readonly initial: Data['status'];
  readonly statuses: readonly Data['status'][];
  /** What may follow what, known in another way than the repository knows it. No status follows itself. */
  readonly isLegal: (from: Data['status'], to: Data['status']) => boolean;
  /** What is thrown for a move that is not legal: it says `from` and `to`. */
  readonly conflict: ErrorClass;
  readonly notFound: ErrorClass;
}
