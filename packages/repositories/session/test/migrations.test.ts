import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KernelRow } from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { addKernel } from './fixture/kernels.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeEach(async () => void (test = await sessionDatabase()));
afterEach(() => test.close());

const differences = async (): Promise<string[]> => {
  const { upQueries } = await test.dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
};

describe('the migrations', () => {
  it('make exactly the tables that the entities describe', async () => {
    expect(await differences()).toEqual([]);
  });

  it('are found done when they are run again', async () => {
    expect(await test.database.migrate(sessionMigrations)).toEqual([]);
  });

  it('leave nothing behind when they are undone', async () => {
    const runner = test.dataSource.createQueryRunner();
    for (const Migration of [...sessionMigrations].reverse()) await new Migration().down(runner);
    await runner.release();

    const left = await test.dataSource.query<{ relname: string }[]>(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i', 'S') ORDER BY 1`,
    );
    // TypeORM's own two tables, which other packages use as well.
    expect(left.map(({ relname }) => relname).filter((name) => !name.startsWith('migrations'))).toEqual([
      'typeorm_metadata',
    ]);
    expect(await test.dataSource.query('SELECT * FROM typeorm_metadata')).toEqual([]);
  });
});

describe('a kernel', () => {
  it('cannot belong to anybody but the owner of its session', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));
    await addKernel(test.dataSource, session);

    await expect(addKernel(test.dataSource, session, bob)).rejects.toMatchObject({ code: '23503' });
  });

  it('follows its session', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));
    await addKernel(test.dataSource, session);
    await test.dataSource.query('UPDATE sessions SET group_id = $1', [bob.groupId]);

    expect(await test.dataSource.getRepository(KernelRow).find()).toMatchObject([{ groupId: bob.groupId }]);
  });
});
