import type { Database, Workload } from '@holdfast/base';
import type { TestDatabase, TestDatabaseArgs } from '../test-database.js';

type Declared = Readonly<Record<string, (workload: Workload) => number>>;

/**
 * Makes so many rows, in empty tables, that an operation has to do with all of them, and returns a call of it. What else
 * stands in its way (a status that it may not leave) is for other tests.
 */
export type StatementCall<Repository> = (
  world: { readonly repository: Repository; readonly test: TestDatabase },
  rows: number,
) => Promise<() => Promise<unknown>>;

/** What a repository declares of its operations, and how to call each of them. */
export interface StatementContract<Repository, Statements extends Declared> {
  /** The tables: see `createTestDatabase`. They are emptied before each case. */
  readonly tables: Pick<TestDatabaseArgs, 'entities' | 'migrations'>;
  /** Makes the repository as an application does. */
  readonly repository: (database: Database) => Repository;
  /** What the repository declares of its operations: its `statements`. */
  readonly statements: Statements;
  readonly calls: { readonly [Operation in keyof Statements]: StatementCall<NoInfer<Repository>> };
}
