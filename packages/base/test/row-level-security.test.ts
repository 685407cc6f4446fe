import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { batchQuerier, count, type Scope, searchScope, unscoped } from '@holdfast/querier';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  type DbReadSession,
  type DbWriteSession,
  everyRow,
  guardedPool,
  rowLevelSecurity,
  rowScope,
  type WriteOptions,
} from '../src/index.js';
import {
  ann,
  ben,
  document,
  DocumentRow,
  documents,
  documentSecurity,
  noteSecurity,
  owner,
  tenant,
} from './fixture/documents.js';
import { careless, forgetful } from './fixture/forgetful-specs.js';
import { guardedDatabase, type GuardedDatabase } from './fixture/guarded-database.js';
import { tripsOf } from './fixture/trips-of.js';

const a = tenant('a');
const b = tenant('b');
const all = unscoped('a test looks at everything');

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])('row-level security over %s', (_name, pool) => {
  let test: GuardedDatabase;
  let mine: DocumentRow;
  let foreign: DocumentRow;

  beforeAll(async () => void (test = await guardedDatabase(pool)));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.asSuperuser('TRUNCATE documents, notes');
    mine = await run(documents.create(a, document({ title: 'mine' })));
    foreign = await run(documents.create(b, document({ title: 'foreign', owner: ben })));
  });

  const run: GuardedDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const titlesIn = async (dbSession: DbReadSession): Promise<string[]> => {
    const rows = await dbSession.sql<{ title: string }>`SELECT title FROM documents ORDER BY title`;
    return rows.map(({ title }) => title);
  };

  it('lets standard operations do what their scope lets them do', async () => {
    const both = [a, b] as const;
    const page = batchQuerier<DocumentRow>({ pagination: { limit: 9, offset: 0 }, orders: [{ by: 'title' }] });
    const titles = async (scope: Scope<DocumentRow>): Promise<string[]> =>
      (await run(documents.search(scope, page))).items.map(({ title }) => title);

    expect(await titles(a)).toEqual(['mine']);
    expect(await titles(both)).toEqual(['foreign', 'mine']);
    expect(await titles([a, owner(ben)])).toEqual(['foreign', 'mine']);
    expect(await titles(owner(ann))).toEqual(['mine']);
    expect(await titles(all)).toEqual(['foreign', 'mine']);
    expect(await run(documents.bulkCreate(both, [document({ tenant: 'a' }), document({ tenant: 'b' })]))).toHaveLength(
      2,
    );
    expect(await run(documents.update(a, mine.id, { changes: { rank: 5 } }))).toMatchObject({ rank: 5 });
    expect(await run(documents.batchUpdate(all, everyRow('a test'), { changes: { rank: 6 } }))).toEqual({ count: 4 });
    expect(await run(documents.loadMany(b, [mine.id, foreign.id]))).toEqual([null, { ...foreign, rank: 6 }]);
    expect((await run(documents.project(b, ['title'], page))).items).toContainEqual({ title: 'foreign' });
    expect((await run(documents.project(a, ['title'], page))).items).not.toContainEqual({ title: 'foreign' });
    const byTenant = { groupBy: ['tenant'], select: { rows: count() } } as const;
    expect(await run(documents.aggregate(a, byTenant))).toEqual([{ tenant: 'a', rows: 2 }]);
    expect(await run(documents.aggregate(both, byTenant))).toHaveLength(2);
    expect(await run(documents.purge(b, foreign.id))).toMatchObject({ title: 'foreign' });
  });

  it('shows no row to whoever does not say whose it shall be', async () => {
    expect(await test.dataSource.query('SELECT * FROM documents')).toEqual([]);
    expect(await test.database.beginReadonlySession(titlesIn)).toEqual([]);
    expect(await test.dataSource.query('UPDATE documents SET rank = 1')).toEqual([[], 0]);
    await expect(
      test.dataSource.query(`INSERT INTO documents VALUES (gen_random_uuid(), 'a', '${ann}', 'new', 0)`),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('holds where a statement has forgotten its scope', async () => {
    expect(await run(forgetful(a))).toEqual(['mine']);
    expect(await run(forgetful(b))).toEqual(['foreign']);
    expect(await run(forgetful([a, b]))).toEqual(['foreign', 'mine']);
    expect(await run(forgetful(owner(ben)))).toEqual(['foreign']);
    expect(await run(forgetful(all))).toEqual(['foreign', 'mine']);
    expect(await run(careless(a, 'UPDATE documents SET rank = 7'))).toBe(1);
    expect(await run(careless(a, 'DELETE FROM documents'))).toBe(1);
    expect(await run(forgetful(all))).toEqual(['foreign']);
  });

  it('raises where a row would become another tenant’s, or be made one', async () => {
    const moving = run(careless(a, `UPDATE documents SET tenant = 'b'`));
    const making = run(careless(a, `INSERT INTO documents VALUES (gen_random_uuid(), 'b', '${ann}', 'planted', 0)`));

    await expect(moving).rejects.toMatchObject({ sqlState: '42501', outcome: 'not-committed' });
    await expect(making).rejects.toMatchObject({ sqlState: '42501', outcome: 'not-committed' });
    expect(await run(forgetful(b))).toEqual(['foreign']);
  });

  it('leaves nothing behind on the connection', async () => {
    for (const scope of [a, all]) {
      await run(documents.count(scope, {}));
      expect(await test.dataSource.query('SELECT * FROM documents')).toEqual([]);
      await test.database.beginSession((dbSession) => dbSession.execute(documents.count(scope, {})));
      expect(await test.dataSource.query('SELECT * FROM documents')).toEqual([]);
    }
  });

  it('lets each spec of a dbSession see its own, and SQL of one’s own what the session was given', async () => {
    const work = async (dbSession: DbWriteSession): Promise<unknown[]> => [
      await titlesIn(dbSession),
      await dbSession.execute(forgetful(a)),
      await titlesIn(dbSession),
      await dbSession.execute(forgetful(all)),
      (await dbSession.manager.find(DocumentRow)).map(({ title }) => title),
      await dbSession.execute(forgetful(owner(ben))),
      await dbSession.execute(forgetful(b)),
      await titlesIn(dbSession),
    ];
    const specs = (own: readonly string[]): unknown[] => [
      own,
      ['mine'],
      own,
      ['foreign', 'mine'],
      own,
      ['foreign'],
      ['foreign'],
      own,
    ];

    expect(await test.database.beginSession(work)).toEqual(specs([]));
    expect(await test.database.beginSession(work, { rowScope: rowScope(documentSecurity, a) })).toEqual(
      specs(['mine']),
    );
    expect(await test.database.beginSession(work, { rowScope: all, lockTimeoutMs: 500 })).toEqual(
      specs(['foreign', 'mine']).map((titles) => expect.arrayContaining(titles as string[]) as unknown),
    );
    expect(await test.database.beginReadonlySession(titlesIn, { rowScope: all, snapshot: true })).toHaveLength(2);
  });

  it('does not let a savepoint that is undone bring back what was seen before it', async () => {
    await test.database.beginSession(async (dbSession) => {
      await dbSession.execute(forgetful(all));
      await dbSession
        .savepoint(async (inner) => {
          expect(await titlesIn(inner)).toEqual([]);
          throw new Error('undone');
        })
        .catch(() => {});

      expect(await titlesIn(dbSession)).toEqual([]);
    });
  });

  it('refuses a scope that the declaration does not know: every row would be hidden', async () => {
    const scopes = [
      searchScope<DocumentRow>({ name: 'title', equals: { title: 'mine' } }),
      searchScope<DocumentRow>({ name: 'tenant', equals: { owner: ann } }),
      searchScope<DocumentRow>({ name: 'tenant', where: { tenant: { eq: 'a' } } }),
      searchScope<DocumentRow>({ name: 'toString', equals: { tenant: 'a' } }),
      [a, searchScope<DocumentRow>({ name: 'title', equals: { title: 'mine' } })] as const,
    ];

    for (const scope of scopes) await expect(run(documents.count(scope, {}))).rejects.toBeInstanceOf(Misuse);
    expect(() => rowLevelSecurity<DocumentRow>({ entity: DocumentRow, scopes: {} })).toThrow(Misuse);
  });

  it('takes tenants of whatever name', async () => {
    for (const name of [`it's`, '"', '\\', '{x,y}', 'NULL', 'null', ' ', 'ß☃', `a"},"*":"`, '$1', `'; --`]) {
      await run(documents.create(tenant(name), document({ title: name })));
      expect(await run(forgetful(tenant(name)))).toEqual([name]);
      expect(await run(forgetful([tenant(name), a]))).toEqual([name, 'mine'].sort());
    }
  });

  it('reaches behind relations', async () => {
    for (const { id, tenant: whose } of [mine, foreign]) {
      await test.asSuperuser(`INSERT INTO notes VALUES (gen_random_uuid(), $1, $2, 'a note')`, [id, whose]);
    }
    const noted = { notes: { some: { text: { eq: 'a note' } } } } as const;

    expect(await run(documents.count(a, noted))).toBe(1);
    expect(await run(documents.count(all, noted))).toBe(2);
    // A foreign key does its work whatever is set.
    await run(documents.purge(a, mine.id));
    expect(await test.asSuperuser('SELECT tenant FROM notes')).toEqual([{ tenant: 'b' }]);
  });

  it('lets migrations change the rows of everybody', async () => {
    class RankAll1795219261999 implements MigrationInterface {
      async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query('UPDATE documents SET rank = 99');
      }
      async down(): Promise<void> {}
    }

    await test.database.migrate([RankAll1795219261999]);

    expect(await test.asSuperuser('SELECT DISTINCT rank FROM documents')).toEqual([{ rank: 99 }]);
    await test.asSuperuser('DROP TABLE migrations');
  });
});

describe('the settings of row-level security', () => {
  let test: GuardedDatabase;

  beforeAll(async () => void (test = await guardedDatabase()));
  afterAll(() => test.close());

  it('ride in front of their statement: no trip for them, and in a dbSession one for each spec', async () => {
    const creating = (options?: WriteOptions): Promise<unknown> =>
      test.database.execute(documents.create(a, document()), options);
    const session = (): Promise<unknown> =>
      test.database.beginSession(
        async (dbSession) => {
          await dbSession.execute(documents.count(a, {}));
          await dbSession.execute(documents.create(b, document()));
        },
        { rowScope: all },
      );

    await creating(); // what a new connection leads to is asked once

    for (let round = 1; round <= 2; round++) {
      expect(await tripsOf(test, creating)).toHaveLength(2); // the row, COMMIT
      expect(await tripsOf(test, () => creating({ commit: 'one-trip' }))).toHaveLength(1);
      expect(await tripsOf(test, () => test.database.execute(documents.count(all, {})))).toHaveLength(1);
      expect(await tripsOf(test, session)).toHaveLength(3);
    }
  });

  it('are read once for a statement, and leave an index its work', async () => {
    await test.asSuperuser(`
      INSERT INTO documents (id, tenant, owner_id, title, rank)
      SELECT gen_random_uuid(), 't' || n % 50, '${ann}', 'x', n FROM generate_series(1, 5000) n`);
    await test.asSuperuser('ANALYZE documents');

    const plan = await test.database.beginReadonlySession(
      (dbSession) =>
        dbSession.sql<{ 'QUERY PLAN': string }>`
          EXPLAIN (COSTS off) SELECT * FROM documents WHERE tenant = ${'t7'} AND rank > ${10} ORDER BY rank, id LIMIT 21`,
      { rowScope: rowScope(documentSecurity, tenant('t7')) },
    );
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');

    expect(text).toMatch(/Index Scan using documents_tenant_rank_idx/);
    expect(text).toMatch(/Index Cond: \(\(tenant = 't7'::text\) AND \(rank > 10\)\)/);
    expect(text.match(/^ *InitPlan/gm)).toHaveLength(3);
    expect(text).not.toMatch(/Sort|Filter:.*current_setting/);
  });

  it('are undone by the statements that undo them', async () => {
    for (const sql of documentSecurity.statements(test.dataSource).down) await test.dataSource.query(sql);

    const [table] = await test.asSuperuser<object>(
      `SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'documents'`,
    );
    expect(table).toEqual({ relrowsecurity: false, relforcerowsecurity: false });
    expect(await test.asSuperuser(`SELECT polrelid::regclass::text AS name FROM pg_policy`)).toEqual([
      { name: 'notes' },
    ]);
    expect(noteSecurity.scopes).toEqual({ tenant: 'tenant' });
  });
});
