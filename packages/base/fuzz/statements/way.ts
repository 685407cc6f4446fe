import type { DataSource } from 'typeorm';
import type { Database } from '../../src/index.js';

/** A way by which statements go to the database: one connection of its own. */
export interface Way {
  readonly name: string;
  /** Of twenty cases, about. */
  readonly share: number;
  readonly database: Database;
  readonly dataSource: DataSource;
}
