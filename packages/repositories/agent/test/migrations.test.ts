import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { agentEntities } from '../src/entities.js';
import { agentMigrations } from '../src/migrations/index.js';

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase({ entities: agentEntities, migrations: agentMigrations });
});
afterEach(() => test.close());

describe('the migrations', () => {
  it('make exactly the tables that the entities describe', async () => {
    const { upQueries } = await test.dataSource.driver.createSchemaBuilder().log();

    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('are found done when they are run again', async () => {
    expect(await test.database.migrate(agentMigrations)).toEqual([]);
  });

  it('leave nothing behind when they are undone', async () => {
    const runner = test.dataSource.createQueryRunner();
    for (const Migration of [...agentMigrations].reverse()) await new Migration().down(runner);
    await runner.release();

    const left = await test.dataSource.query<{ relname: string }[]>(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    );
    // TypeORM's own record of migrations.
    expect(left.map(({ relname }) => relname)).toEqual(['migrations']);
  });
});
