import { Misuse } from '@holdfast/errors';
import type { DataSource } from 'typeorm';
import { entityDdl } from './entity-ddl.js';
import type { TestEntity } from './test-entity.js';

/**
 * Runs `work` with the tables of exactly the listed entities, which include those that their foreign keys point to;
 * drops them afterwards, whatever became of `work`. The tables must not exist: throws Misuse, having changed nothing.
 */
export async function withTables<Result>(
  dataSource: DataSource,
  entities: readonly TestEntity[],
  work: () => Promise<Result>,
): Promise<Result> {
  const ddl = await entityDdl(dataSource.options, entities);
  for (const table of ddl.tables) await refuseExisting(dataSource, table);
  await run(dataSource, ddl.up);
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    // What `work` failed with tells more than what it left behind.
    await run(dataSource, ddl.down).catch(() => {});
    throw error;
  }
  await run(dataSource, ddl.down);
  return result;
}

async function refuseExisting(dataSource: DataSource, table: string): Promise<void> {
  const [row] = await dataSource.query<{ exists: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS exists', [table]);
  if (row?.exists) throw new Misuse(`The table ${table} exists already: withTables makes and drops its tables itself.`);
}

async function run(dataSource: DataSource, statements: readonly string[]): Promise<void> {
  await dataSource.transaction(async (manager) => {
    // A transaction that a test forgot to end holds locks on the tables for ever.
    await manager.query(`SET LOCAL lock_timeout = '10s'`);
    for (const statement of statements) await manager.query(statement);
  });
}
