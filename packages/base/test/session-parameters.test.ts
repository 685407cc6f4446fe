import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { batchQuerier, order } from '@holdfast/querier';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Database, guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { beginConnectionsWith } from './fixture/begin-connections-with.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const createdAt = new Date('2026-03-04T05:06:07.089Z');
const title = 'naïve ☃ Ελλάδα';

const foreign = [
  `DateStyle = 'German'`,
  `DateStyle = 'SQL, MDY'`,
  `client_encoding = 'LATIN1'`,
  `client_encoding = 'WIN1252'`,
  `standard_conforming_strings = off`,
];

describe.each([
  ['a guarded client', guardedPool({ max: 1 })],
  ['a stock client', { extra: { max: 1 } }],
])('on %s, a connection that somebody has set to', (_, pool) => {
  let test: TestDatabase;
  let warnings: ReturnType<typeof jest.spyOn>;

  beforeAll(async () => {
    warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    test = await testDatabase([ArticleRow], pool);
  });
  afterAll(async () => {
    await test.close();
    warnings.mockRestore();
  });

  describe.each(foreign)('%s', (setting) => {
    const name = setting.split(' ')[0]!;
    const show = async (): Promise<unknown> => (await test.dataSource.query<unknown[]>(`SHOW ${name}`))[0];

    it('writes and reads what it is given, and stays as it was set', async () => {
      const values = article({
        title: `${title} ${setting.slice(-8)}`,
        createdAt,
        day: '2026-02-01',
        bytes: Buffer.from([0, 92]),
      });
      await beginConnectionsWith(test.dataSource, `SET ${setting}`);
      const before = await show();

      const created = await test.database.execute(articles.create(a, values));
      const page = await test.database.execute(
        articles.search(
          a,
          batchQuerier<ArticleRow>({
            conditions: [{ title: { eq: values.values.title! } }],
            orders: [order('bytes'), order('createdAt')],
            pagination: { first: 5 },
          }),
        ),
      );

      expect(created).toMatchObject({ title: values.values.title, createdAt, day: '2026-02-01' });
      expect(page.items).toEqual([created]);
      expect(await show()).toEqual(before);
      await beginConnectionsWith(test.dataSource);
      expect(await test.database.execute(articles.get(a, created.id))).toEqual(created);
    });

    it('is right within a transaction, whose COMMIT and ROLLBACK are what they are', async () => {
      await beginConnectionsWith(test.dataSource, `SET ${setting}`);
      const { id } = await test.database.beginSession(async (dbSession) => {
        const created = await dbSession.execute(articles.create(a, article({ createdAt })));
        expect(created).toMatchObject({ createdAt });
        return created;
      });
      const failing = test.database.beginSession(async (dbSession) => {
        await dbSession.execute(articles.update(a, id, { changes: { rank: 8 } }));
        await dbSession.savepoint((inner) => inner.execute(articles.create(a, article({ id })))).catch(() => {});
        await dbSession.execute(articles.update(a, id, { changes: { rank: 9 } }));
        throw new Error('of the work');
      });

      await expect(failing).rejects.toThrow('of the work');

      expect(await test.database.execute(articles.get(a, id))).toMatchObject({ createdAt, rank: 0 });
      await beginConnectionsWith(test.dataSource);
    });

    it('is given back by a transaction that failed, and not closed', async () => {
      const pid = (): Promise<unknown> => test.dataSource.query('SELECT pg_backend_pid()');
      const before = await pid();

      const failing = test.database.beginSession(async (dbSession) => {
        await dbSession.manager.query(`SET LOCAL ${setting}`);
        await dbSession.sql`SELECT 1 / 0`;
      });

      await expect(failing).rejects.toMatchObject({ name: 'InvalidData' });
      expect(await pid()).toEqual(before);
    });

    it('is noticed in the middle of a transaction, and after the end of one that set it for itself', async () => {
      const { id } = await test.database.execute(articles.create(a, article({ createdAt, day: '2026-02-01' })));

      await test.database.beginSession(async (dbSession) => {
        expect(await dbSession.execute(articles.get(a, id))).toMatchObject({ createdAt });
        await dbSession.manager.query(`SET LOCAL ${setting}`);
        expect(await dbSession.execute(articles.get(a, id))).toMatchObject({ createdAt, day: '2026-02-01' });
      });

      expect(await test.database.execute(articles.get(a, id))).toMatchObject({ createdAt });
    });
  });
});

it('a database that is set otherwise is read right by a stock client', async () => {
  const test = await testDatabase([ArticleRow]);
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const [{ name }] = await test.dataSource.query<[{ name: string }]>('SELECT current_database() AS name');
  await test.dataSource.query(`ALTER DATABASE ${name} SET DateStyle = 'Postgres, DMY'`);
  await test.dataSource.query(`ALTER DATABASE ${name} SET extra_float_digits = -5`);
  const options = { type: 'postgres', url: test.url, entities: [ArticleRow], extra: { max: 1 } };
  const dataSource = await new DataSource(options as DataSourceOptions).initialize();
  const database = new Database(dataSource);

  const created = await database.execute(articles.create(a, article({ createdAt, day: '2026-02-01', ratio: 1 / 3 })));

  expect(created).toMatchObject({ createdAt, day: '2026-02-01', ratio: 1 / 3 });
  await dataSource.destroy();
  await test.close();
  warnings.mockRestore();
});
