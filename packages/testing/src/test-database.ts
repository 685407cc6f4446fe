import type { Database, MigrationList } from '@holdfast/base';
import type { DataSource } from 'typeorm';
import type { TestEntity } from './test-entity.js';

/** What to make a database of; see `createTestDatabase`. */
export interface TestDatabaseArgs {
  /** What the DataSource knows. */
  readonly entities: readonly TestEntity[];
  /** Make the schema. Without them, TypeORM makes the tables of `entities` (`synchronize`). */
  readonly migrations?: MigrationList;
  /** Options of pg's pool. Default `{ max: 10 }`. */
  readonly pool?: Readonly<Record<string, unknown>>;
  /**
   * Another way to `testServerUrl()` for all statements, which stays the caller's to close: a WireCounter, or the `url`
   * of a fault proxy.
   */
  readonly through?: { readonly url: string };
}

/** A database of nobody else's. */
export interface TestDatabase {
  /** Over `dataSource`, with a CursorCodec of a fixed key. */
  readonly database: Database;
  /** With `guardedPool()`. */
  readonly dataSource: DataSource;
  /** For connections of one's own. */
  readonly url: string;
  /**
   * Ends the connections and drops the database. Throws Misuse, having done so, if a connection was not given back
   * within 2 s: what was tested leaks it.
   */
  close(): Promise<void>;
}
