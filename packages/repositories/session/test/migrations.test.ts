import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { DataSource } from 'typeorm';
import { sessionEntities } from '../src/entities.js';
import { sessionMigrations } from '../src/migrations/index.js';

let test: TestDatabase;
let dataSource: DataSource;
// Not copied from a template: TypeORM notes generated columns under the name of their database.
beforeEach(async () => {
  test = await createTestDatabase({ entities: [] });
  await test.database.migrate(sessionMigrations);
  dataSource = await new DataSource({ type: 'postgres', url: test.url, entities: [...sessionEntities] }).initialize();
});
afterEach(async () => {
  await dataSource.destroy();
  await test.close();
});

describe('the migrations', () => {
  it('make exactly the tables that the entities describe', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();

    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('are found done when they are run again', async () => {
    expect(await test.database.migrate(sessionMigrations)).toEqual([]);
  });

  it('leave nothing behind when they are undone', async () => {
    const runner = dataSource.createQueryRunner();
    for (const Migration of [...sessionMigrations].reverse()) await new Migration().down(runner);
    await runner.release();

    const left = await dataSource.query<{ relname: string }[]>(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
    );
    // The two tables of TypeORM's own bookkeeping, which other packages use as well.
    expect(left.map(({ relname }) => relname)).toEqual(['migrations', 'typeorm_metadata']);
    expect(await dataSource.query('SELECT * FROM typeorm_metadata')).toEqual([]);
  });
});
