import { quoteIdentifier } from '@holdfast/querier';
import type { DataSource, QueryRunner } from 'typeorm';
import type { NamedMigration } from './named-migrations.js';

/** TypeORM's own table of migrations, so that its command line tells the same. */
export class MigrationRecords {
  readonly #table: string;

  constructor({ options }: DataSource) {
    const { schema } = options as { readonly schema?: string };
    const path = [schema, options.migrationsTableName ?? 'migrations'].filter((name) => name !== undefined);
    this.#table = path.map(quoteIdentifier).join('.');
  }

  /** Names of what is applied, in the order in which it was. Makes the table if it is not there. */
  async names(runner: QueryRunner): Promise<readonly string[]> {
    await runner.query(
      `CREATE TABLE IF NOT EXISTS ${this.#table}
       (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)`,
    );
    const rows = (await runner.query(`SELECT name FROM ${this.#table} ORDER BY id`)) as { readonly name: string }[];
    return rows.map(({ name }) => name);
  }

  async add(runner: QueryRunner, { timestamp, name }: NamedMigration): Promise<void> {
    await runner.query(`INSERT INTO ${this.#table} (timestamp, name) VALUES ($1, $2)`, [timestamp, name]);
  }

  async remove(runner: QueryRunner, { name }: NamedMigration): Promise<void> {
    await runner.query(`DELETE FROM ${this.#table} WHERE name = $1`, [name]);
  }
}
