import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Scope, unscoped } from '@holdfast/querier';
import { type DbReadSession, guardedPool, readSpec, rowScope, streamSpec, withinScope } from '../src/index.js';
import { document, documentDefinition, DocumentRow, documents, documentSecurity, tenant } from './fixture/documents.js';
import { forgetful } from './fixture/forgetful-specs.js';
import { guardedDatabase, type GuardedDatabase } from './fixture/guarded-database.js';
import { readStream } from './fixture/read-stream.js';

const a = tenant('a');
const b = tenant('b');
const all = unscoped('a test looks at everything');

/** Titles as they come, for an order would read all at once, of a query that has forgotten to say whose rows it means. */
const silent = readSpec('silent', (catalog) => {
  const mapping = catalog.mappingOf(DocumentRow);
  return {
    statement: mapping.returningRows(`SELECT ${mapping.list} FROM documents`),
    values: [],
    finish: ({ rows }) => (rows as DocumentRow[]).map(({ title }) => title),
  };
});
const one = { partitionSize: 1 };
const forgetfulStream = (scope: Scope<DocumentRow>): ReturnType<typeof streamSpec<string>> =>
  streamSpec(withinScope(documentDefinition, scope, silent), one);

const guarded = guardedPool({ max: 1 });
const stock = { extra: { max: 1 } };
// A policy of somebody's own may ask for the setting anew with every row.
const ofEachRow = `current_setting('holdfast.unscoped', true) = 'on'
  OR tenant = ANY ((nullif(current_setting('holdfast.scope', true), '')::jsonb ->> 'tenant')::text[])`;

describe.each([
  ['the guarded pool', guarded, null],
  ['a stock pool', stock, null],
  ['the guarded pool, asked with every row', guarded, ofEachRow],
  ['a stock pool, asked with every row', stock, ofEachRow],
])('a stream under row-level security over %s', (_name, pool, policy) => {
  let test: GuardedDatabase;

  beforeAll(async () => {
    test = await guardedDatabase(pool);
    if (policy !== null) await test.dataSource.query(`ALTER POLICY holdfast_scope ON documents USING (${policy})`);
    for (const [scope, name] of [
      [a, 'a'],
      [b, 'b'],
    ] as const) {
      const rows = [1, 2, 3].map((n) => document({ title: `${n}${name}` }));
      await test.database.execute(documents.bulkCreate(scope, rows));
    }
  });
  afterAll(() => test.close());

  it('lets its scope see its own rows', async () => {
    const titles = async (scope: Scope<DocumentRow>): Promise<string[]> =>
      (await readStream(test.database.stream(documents.stream(scope, one))))
        .flat()
        .map(({ title }) => title)
        .sort();
    expect(await titles(a)).toEqual(['1a', '2a', '3a']);
    expect(await titles([a, b])).toHaveLength(6);
    expect(await titles(all)).toHaveLength(6);
    expect((await readStream(test.database.stream(forgetfulStream(a)))).flat()).toEqual(['1a', '2a', '3a']);
  });

  /** What a stream gives while other specs say whose rows they touch between its partitions. */
  const disturbed = async (
    dbSession: DbReadSession,
    scope: Scope<DocumentRow>,
    ...others: readonly ((dbSession: DbReadSession) => Promise<unknown>)[]
  ): Promise<{
    readonly titles: readonly string[];
    readonly between: readonly unknown[];
  }> => {
    const titles: string[] = [];
    const between: unknown[] = [];
    for await (const partition of dbSession.stream(forgetfulStream(scope))) {
      titles.push(...partition);
      for (const other of others) between.push(await other(dbSession));
    }
    return { titles, between };
  };
  const titlesIn = async (dbSession: DbReadSession): Promise<string[]> => {
    const rows = await dbSession.sql<{
      title: string;
    }>`SELECT title FROM documents ORDER BY title`;
    return rows.map(({ title }) => title);
  };

  it('is neither widened nor narrowed by what another spec of its dbSession says between two partitions', async () => {
    await test.database.beginSession(async (dbSession) => {
      const wide = await disturbed(dbSession, a, (session) => session.execute(forgetful(all)));
      expect(wide.titles).toEqual(['1a', '2a', '3a']);
      const narrow = await disturbed(dbSession, [a, b], (session) => session.execute(forgetful(b)), titlesIn);
      expect(narrow.titles).toEqual(['1a', '2a', '3a', '1b', '2b', '3b']);
      expect(narrow.between.slice(0, 2)).toEqual([['1b', '2b', '3b'], []]);
      const everybodys = await disturbed(dbSession, all, titlesIn, () =>
        dbSession
          .savepoint(async (inner) => {
            await inner.execute(forgetful(a));
            throw new Error('undone');
          })
          .catch(() => 'undone'),
      );
      expect(everybodys.titles).toHaveLength(6);
      expect(everybodys.between.slice(0, 2)).toEqual([[], 'undone']);
    });
  });

  it('leaves nothing of what it may see to what comes after a partition', async () => {
    await test.database.beginReadonlySession(
      async (dbSession) => {
        const { between } = await disturbed(dbSession, all, titlesIn, (session) => session.execute(silent));
        expect(between.slice(0, 2)).toEqual([
          ['1b', '2b', '3b'],
          ['1b', '2b', '3b'],
        ]);
      },
      { rowScope: rowScope(documentSecurity, b) },
    );
    await readStream(test.database.stream(documents.stream(all)));
    expect(await test.dataSource.query('SELECT * FROM documents')).toEqual([]);
  });

  it('that says nothing of whose rows it means has those of its dbSession, in each partition', async () => {
    const read = async (dbSession: DbReadSession): Promise<readonly string[]> => {
      const titles: string[] = [];
      for await (const partition of dbSession.stream(streamSpec(silent, one))) {
        titles.push(...partition);
        await dbSession.execute(forgetful(all));
      }
      return titles;
    };
    expect(await test.database.beginReadonlySession(read)).toEqual([]);
    const mine = { rowScope: rowScope(documentSecurity, b) };
    expect(await test.database.beginReadonlySession(read, mine)).toEqual(['1b', '2b', '3b']);
    expect((await readStream(test.database.stream(streamSpec(silent, one), mine))).flat()).toEqual(['1b', '2b', '3b']);
  });

  it('goes on beside another stream that sees other rows', async () => {
    await test.database.beginReadonlySession(async (dbSession) => {
      const others = dbSession.stream(forgetfulStream(b))[Symbol.asyncIterator]();
      const seen: unknown[] = [];
      for await (const partition of dbSession.stream(forgetfulStream(a)))
        seen.push(...partition, (await others.next()).value);
      expect(seen).toEqual(['1a', ['1b'], '2a', ['2b'], '3a', ['3b']]);
    });
  });
});
