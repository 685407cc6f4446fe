import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityNotFound, type HoldfastError, Misuse } from '@holdfast/errors';
import { batchQuerier, existenceCheck, type ExistenceCheck, searchScope, type SearchScope } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { type DbWriteSession, everyRow, guardedPool, type WriteOptions } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';
import { tripsOf } from './fixture/trips-of.js';

interface TenantRow {
  readonly name: string;
  readonly isOpen: boolean;
  readonly deletedAt: Date | null;
}
const TenantRow = new EntitySchema<TenantRow>({
  name: 'Tenant',
  tableName: 'tenants',
  columns: {
    name: { type: 'text', primary: true },
    isOpen: { name: 'is_open', type: 'boolean', default: true },
    deletedAt: { name: 'deleted_at', type: 'timestamptz', deleteDate: true, nullable: true },
  },
});

const exists = (name: string): ExistenceCheck =>
  existenceCheck<TenantRow>(TenantRow, { name: { eq: name } }, () => new EntityNotFound('tenant', `No ${name}.`));
const isOpen = (name: string): ExistenceCheck =>
  existenceCheck<TenantRow>(
    TenantRow,
    { name: { eq: name }, isOpen: { eq: true } },
    () => new EntityNotFound('tenant', `${name} is closed.`),
  );

/** The articles of a tenant that must be there. */
const of = (tenant: string, existenceChecks = [exists(tenant), isOpen(tenant)]): SearchScope<ArticleRow> =>
  searchScope<ArticleRow>({ name: 'tenant', equals: { tenant }, existenceChecks });

const a = of('a');
const nobody = of('nobody');

describe.each([
  ['the guarded pool', guardedPool({ max: 2 })],
  ['a stock pool', { extra: { max: 2 } }],
])('existence checks over %s', (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow, TenantRow], pool);
    await test.dataSource.query(
      `INSERT INTO tenants VALUES ('a', true, NULL), ('b', true, NULL), ('closed', false, NULL), ('deleted', true, now())`,
    );
  });
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const failure = (work: Promise<unknown>): Promise<HoldfastError> =>
    work.then(
      () => Promise.reject(new Error('It succeeded.')),
      (error: HoldfastError) => error,
    );
  const stored = async (): Promise<number> =>
    Number((await test.dataSource.query<[{ n: string }]>('SELECT count(*) AS n FROM articles'))[0].n);

  it('let every operation through where all is there', async () => {
    const { id } = await run(articles.create(a, article({ title: 'one' })));

    expect(await run(articles.get(a, id))).toMatchObject({ title: 'one', tenant: 'a' });
    expect(await run(articles.update(a, id, { changes: { rank: 3 } }))).toMatchObject({ rank: 3 });
    expect(await run(articles.update(a, id, { changes: {} }))).toMatchObject({ rank: 3 });
    expect(await run(articles.search(a, batchQuerier({ pagination: { limit: 5, offset: 0 } })))).toMatchObject({
      items: [{ id }],
    });
    expect(await run(articles.batchPurge(a, everyRow('a test')))).toEqual({ count: 1 });
  });

  it('raise the error of the first one, in the order of scopes and checks, whose row is missing', async () => {
    const check = async (...scopes: [SearchScope<ArticleRow>, ...SearchScope<ArticleRow>[]]): Promise<string> =>
      (await failure(run(articles.count(scopes, {})))).message;

    expect(await check(nobody)).toBe('No nobody.');
    expect(await check(of('closed'))).toBe('closed is closed.');
    expect(await check(of('deleted'))).toBe('No deleted.');
    expect(await check(a, of('closed'), nobody)).toBe('closed is closed.');
    expect(await check(a, nobody, of('closed'))).toBe('No nobody.');
    expect(await run(articles.count([a, of('b')], {}))).toBe(0);
  });

  it('keep every write from being made', async () => {
    const { id } = await run(articles.create(of('nobody', []), article()));
    const before = await run(articles.get(of('nobody', []), id));
    const writes = [
      articles.create(nobody, article()),
      articles.bulkCreate(nobody, [article(), article()]),
      articles.update(nobody, id, { changes: { rank: 9 } }),
      articles.updateIf(nobody, id, {}, { changes: { rank: 9 } }),
      articles.delete(nobody, id),
      articles.purge(nobody, id),
      articles.batchUpdate(nobody, [id], { changes: { rank: 9 } }),
      articles.batchDelete(nobody, [id]),
      articles.batchPurge(nobody, everyRow('a test')),
    ];

    for (const write of writes) {
      const error = await failure(run<unknown>(write as never));
      expect([write.name, error.message, error.outcome]).toEqual([write.name, 'No nobody.', 'not-committed']);
    }
    expect(await run(articles.get(of('nobody', []), id))).toEqual(before);
    expect(await stored()).toBe(1);
  });

  it('hold within a dbSession, which can go on after one has failed', async () => {
    await test.database.beginSession(async (dbSession) => {
      expect((await failure(dbSession.execute(articles.create(nobody, article())))).message).toBe('No nobody.');
      expect((await failure(dbSession.execute(articles.count(nobody, {})))).message).toBe('No nobody.');
      await dbSession.execute(articles.create(a, article()));
    });

    expect(await stored()).toBe(1);
  });

  it('see what the same transaction has made', async () => {
    const work = async (dbSession: DbWriteSession): Promise<void> => {
      await dbSession.sql`INSERT INTO tenants VALUES ('new', true)`;
      await dbSession.execute(articles.create(of('new'), article()));
      throw new Error('undone');
    };

    await expect(test.database.beginSession(work)).rejects.toThrow('undone');
    expect((await failure(run(articles.count(of('new'), {})))).message).toBe('No new.');
  });

  it('do not write after the signal that came while they were asked', async () => {
    const ending = new AbortController();
    const checks = [existenceCheck<TenantRow>(TenantRow, { name: { eq: 'a' } }, () => new EntityNotFound('tenant'))];
    const spec = articles.create(of('a', checks), article());
    const late: typeof spec = {
      ...spec,
      plan(catalog) {
        const plan = spec.plan(catalog);
        const asked = plan.ahead!.checks!;
        const finish: typeof asked.finish = (sink) => {
          ending.abort(new Error('too late'));
          asked.finish(sink);
        };
        return { ...plan, ahead: { settings: null, checks: { ...asked, finish } } };
      },
    };

    await expect(run(late, { signal: ending.signal })).rejects.toThrow('too late');
    expect(await stored()).toBe(0);
    expect(await run(articles.count(a, {}))).toBe(0);
  });

  it('refuse what is no scope as ever', async () => {
    for (const scope of [undefined, null, {}, [], [null], { existenceChecks: [exists('a')] }]) {
      await expect(failure(run(articles.count(scope as never, {})))).resolves.toBeInstanceOf(Misuse);
    }
  });
});

describe('existence checks on the wire', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow, TenantRow], guardedPool({ max: 1 }));
    await test.dataSource.query(`INSERT INTO tenants VALUES ('a', true), ('b', true)`);
  });
  afterAll(() => test.close());

  it('are one statement for all scopes, in which equal ones are asked once', async () => {
    const [trip, ...more] = await tripsOf(test, () =>
      test.database.execute(articles.count([a, of('b', [exists('b'), ...a.existenceChecks]), of('a')], {})),
    );

    expect(more).toEqual([]);
    expect(trip!.match(/SELECT EXISTS/g)).toHaveLength(1);
    expect(trip!.match(/EXISTS \(/g)).toHaveLength(3);
  });

  it('ride along with a read and go before a write, whether prepared or not', async () => {
    const counting = (): Promise<number> => test.database.execute(articles.count(a, {}));
    const creating = (options?: WriteOptions): Promise<unknown> =>
      test.database.execute(articles.create(a, article()), options);
    await creating(); // what a new connection leads to is asked once

    for (let round = 1; round <= 3; round++) {
      expect(await tripsOf(test, counting)).toHaveLength(1);
      expect(await tripsOf(test, () => creating({ commit: 'one-trip' }))).toHaveLength(2);
      expect(await tripsOf(test, creating)).toHaveLength(3); // the checks, the row, COMMIT
    }
    const session = tripsOf(test, () =>
      test.database.beginSession(async (dbSession) => {
        await dbSession.execute(articles.count(a, {}));
        await dbSession.execute(articles.create(a, article()));
      }),
    );
    expect(await session).toHaveLength(4); // the count, the checks, the row, COMMIT
  });

  it('are answered again when what was prepared no longer fits', async () => {
    await test.database.execute(articles.count(a, { rank: { gte: 0 } }));
    await test.dataSource.query('ALTER TABLE tenants ALTER COLUMN name TYPE varchar(40)');
    await test.dataSource.query('DEALLOCATE ALL');

    await test.database.execute(articles.count(a, { rank: { gte: 0 } }));
    await test.dataSource.query('DEALLOCATE ALL');
    await test.database.execute(articles.create(a, article()));
  });

  it('cost nothing where a scope has none', async () => {
    const creating = (): Promise<unknown> => test.database.execute(articles.create(of('a', []), article()));
    await creating(); // what a new connection leads to is asked once

    const trips = await tripsOf(test, creating);

    expect(trips).toHaveLength(2); // the row, COMMIT
    expect(trips.join()).not.toContain('EXISTS');
  });
});
