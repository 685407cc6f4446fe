import type { TestDatabase } from '@holdfast/testing';
import type { Drive } from './attempt.js';
import type { Tenant } from './tenant.js';

/** A table, and which of its rows are a tenant's, as SQL. */
export interface OwnedTable {
  readonly name: string;
  readonly ownedBy: (tenant: Tenant) => string;
  /** Columns of text that hold no text of anybody's own: statuses and the like. */
  readonly closed: readonly string[];
}

/** What is driven: a repository, or the standard operations of an entity. */
export interface Subject {
  readonly name: string;
  readonly test: TestDatabase;
  readonly tables: readonly OwnedTable[];
  /** What there is to drive, found at run time. */
  readonly operations: readonly string[];
  readonly drives: Readonly<Record<string, Drive>>;
  call(operation: string, args: readonly unknown[]): Promise<unknown>;
  /** Makes the rows of a tenant, its canary in all of their texts; what leads to rows at all leads to the other's too. */
  settle(tenant: Tenant, other: Tenant): Promise<void>;
}
