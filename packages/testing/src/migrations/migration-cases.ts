import assert from 'node:assert/strict';
import { Database, guardedPool, type MigrationList } from '@holdfast/base';
import { DataSource } from 'typeorm';
import { scratchDatabase } from '../scratch-database.js';
import type { TestEntity } from '../test-entity.js';
import { testServerUrl } from '../test-server-url.js';
import { schemaOf } from './schema-of.js';

/** What describes tables twice: by entities, and by the migrations that make them. */
export interface MigrationContract {
  readonly entities: readonly TestEntity[];
  readonly migrations: MigrationList;
  /**
   * Names of foreign keys that migrations make between tables of packages that do not know each other: no entity can say
   * them. Default: none.
   */
  readonly foreignKeysBetween?: readonly string[];
}

/** One case of the contract, for a runner to run. */
export interface MigrationCase {
  /** A sentence of behaviour. */
  readonly title: string;
  /** Rejects with an AssertionError that shows what differs. Makes a database of its own, and drops it. */
  readonly run: () => Promise<void>;
}

/** The contract of migrations as a list of cases, for runners that `describeMigrations` does not know. */
export function migrationCases(contract: MigrationContract): readonly MigrationCase[] {
  const { migrations, foreignKeysBetween = [] } = contract;
  const between = foreignKeysBetween.map((name) => ` DROP CONSTRAINT "${name}"`);
  const inEmpty = (work: (database: Database, dataSource: DataSource) => Promise<void>) => () =>
    inEmptyDatabase(contract, work);
  return [
    {
      title: 'make exactly the tables that the entities describe',
      run: inEmpty(async (database, dataSource) => {
        await database.migrate(migrations);

        const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
        const left = upQueries.map(({ query }) => query).filter((query) => !between.some((key) => query.endsWith(key)));
        assert.deepEqual(left, [], 'TypeORM would still have to do something to make the tables of the entities');
      }),
    },
    {
      title: 'are found done when they are run again',
      run: inEmpty(async (database) => {
        await database.migrate(migrations);

        assert.deepEqual(await database.migrate(migrations), []);
      }),
    },
    {
      title: 'each undo exactly what they did, and do it again',
      run: inEmpty(async (database, dataSource) => {
        const inOrder = byTimestamp(migrations);
        for (const [i, migration] of inOrder.entries()) {
          const before = await schemaOf(dataSource);
          const list = inOrder.slice(0, i + 1);
          const [name] = await database.migrate(list);
          const after = await schemaOf(dataSource);

          await database.revertMigrations(list, { steps: 1 });
          assert.deepEqual(await schemaOf(dataSource), before, `The down of ${name} does not undo its up`);

          await database.migrate(list);
          assert.deepEqual(await schemaOf(dataSource), after, `${migration.name} does something else after its down`);
        }
      }),
    },
    {
      title: 'leave nothing behind when all are undone',
      run: inEmpty(async (database, dataSource) => {
        const before = await schemaOf(dataSource);
        await database.migrate(migrations);
        await database.revertMigrations(migrations, { to: null });

        assert.deepEqual(await schemaOf(dataSource), before);
      }),
    },
  ];
}

/** Not a copy of a template: TypeORM notes generated columns under the name of their database. */
async function inEmptyDatabase(
  { entities }: MigrationContract,
  work: (database: Database, dataSource: DataSource) => Promise<void>,
): Promise<void> {
  const scratch = await scratchDatabase(await testServerUrl());
  const dataSource = new DataSource({ type: 'postgres', url: scratch.url, entities: [...entities], ...guardedPool() });
  try {
    await dataSource.initialize();
    await work(new Database(dataSource), dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await scratch.drop();
  }
}

function byTimestamp(migrations: MigrationList): MigrationList {
  const timestampOf = (Migration: MigrationList[number]): number =>
    Number((new Migration().name ?? Migration.name).slice(-13));
  return [...migrations].sort((a, b) => timestampOf(a) - timestampOf(b));
}
