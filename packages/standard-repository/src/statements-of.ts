import type { Workload } from '@holdfast/base';
import type { SoftDeleteOperations } from './soft-delete-operations.js';
import type { StandardOperations } from './standard-operations.js';
import type { UpsertOperations } from './upsert-operations.js';

type Standard =
  | keyof StandardOperations<object, unknown, unknown, unknown, unknown>
  | keyof SoftDeleteOperations<object, unknown, unknown>
  | keyof UpsertOperations<object, unknown, unknown>;

type OperationOf<Repository> = {
  [Name in keyof Repository]: Repository[Name] extends (...args: never[]) => Promise<unknown> ? Name : never;
}[keyof Repository];

type Count = (workload: Workload) => number;

/** The most statements of standard operations that a repository does in another way, with more of them. */
export type StandardStatements = Readonly<Partial<Record<Standard, Count>>>;

/**
 * The most statements that each operation of a repository sends which is not a standard one, counted as `statementCounts`
 * of @holdfast/base counts those. One that is left out does not compile.
 */
export type StatementsOf<Repository> = Readonly<Record<Exclude<OperationOf<Repository>, Standard>, Count>>;
