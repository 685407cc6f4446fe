import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { scalingGroupName } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { type Policy, Resilience } from '@holdfast/resilience';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { ScheduleRepositories, type ScheduleRepository } from '../src/index.js';
import { ClusterTables } from './fixture/cluster-tables.js';

const blue = scalingGroupName('blue');
let test: TestDatabase;
let repository: ScheduleRepository;
beforeAll(async () => {
  test = await createTestDatabase({ entities: [], migrations: [ClusterTables], pool: { max: 4 } });
  repository = ScheduleRepositories.create({ database: test.database }).repository;
});
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions, session_dependencies, agents, kernels'));

const rowScope = unscoped('a scheduler');

describe('within a dbSession', () => {
  it('sees what is not committed yet, and nobody else does', async () => {
    await test.database.beginSession(
      async (dbSession) => {
        await dbSession.sql`INSERT INTO agents (id) VALUES ('i-new')`;

        expect((await repository.within(dbSession).getSchedulingData(blue)).agents).toMatchObject([{ id: 'i-new' }]);
        await dbSession.sql`DELETE FROM agents`;
      },
      { rowScope },
    );

    expect((await repository.getSchedulingData(blue)).agents).toEqual([]);
  });

  it('is of one moment where the dbSession is', async () => {
    await test.database.beginReadonlySession(
      async (dbSession) => {
        const inside = repository.within(dbSession);
        expect((await inside.getSchedulingData(blue)).agents).toEqual([]);
        await test.dataSource.query(`INSERT INTO agents (id) VALUES ('i-late')`);

        expect((await inside.getSchedulingData(blue)).agents).toEqual([]);
      },
      { snapshot: true, rowScope },
    );
  });

  it('refuses to read where row-level security hides rows', async () => {
    await test.dataSource.query(
      `CREATE ROLE holdfast_scheduler_test; GRANT SELECT ON ALL TABLES IN SCHEMA public TO holdfast_scheduler_test`,
    );
    await test.dataSource.query('ALTER TABLE sessions ENABLE ROW LEVEL SECURITY');
    const read = (options: { readonly rowScope?: typeof rowScope }): Promise<unknown> =>
      test.database.beginReadonlySession(async (dbSession) => {
        await dbSession.sql`SET LOCAL ROLE holdfast_scheduler_test`;
        return repository.within(dbSession).getSchedulingData(blue);
      }, options);

    try {
      await expect(read({})).rejects.toBeInstanceOf(Misuse);
      await expect(read({ rowScope })).resolves.toMatchObject({ agents: [] });
    } finally {
      await test.dataSource.query('ALTER TABLE sessions DISABLE ROW LEVEL SECURITY');
      await test.dataSource.query('DROP OWNED BY holdfast_scheduler_test; DROP ROLE holdfast_scheduler_test');
    }
  });

  it('keeps the resilience of the repository that it comes from', async () => {
    const seen: string[] = [];
    const watching: Policy = {
      name: 'watching',
      execute: (call, next) => {
        seen.push(call.operation);
        return next(call);
      },
    };
    const resilience = new Resilience({ policies: [watching] });
    const watched = ScheduleRepositories.create({ database: test.database, resilience }).repository;

    await test.database.beginReadonlySession((dbSession) => watched.within(dbSession).getSchedulingData(blue), {
      rowScope,
    });

    expect(seen).toEqual(['getSchedulingData']);
  });
});
