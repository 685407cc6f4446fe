import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type DbReadSession, sqlFragment, sqlIdentifier } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

describe("a dbSession's SQL", () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow])));
  afterAll(() => test.close());

  const within = <Result>(work: (dbSession: DbReadSession) => Promise<Result>): Promise<Result> =>
    test.database.beginReadonlySession(work);

  const values: [what: string, type: string, value: unknown, text: string | null][] = [
    ['a text that looks like SQL', 'text', `'; DROP TABLE articles; -- $1`, `'; DROP TABLE articles; -- $1`],
    ['null', 'text', null, null],
    ['a whole number', 'int', -7, '-7'],
    ['a fraction', 'float8', 0.1, '0.1'],
    ['not a number', 'float8', NaN, 'NaN'],
    ['a bigint beyond a double', 'bigint', 2n ** 63n - 1n, '9223372036854775807'],
    ['a boolean', 'boolean', false, 'false'],
    ['a time', 'timestamptz', new Date(1), '1970-01-01 00:00:00.001+00'],
    ['bytes', 'bytea', Buffer.from([0, 255]), '\\x00ff'],
    ['an array of texts', 'text[]', ['a', 'b,"c\\', null], '{a,"b,\\"c\\\\",NULL}'],
    ['an array of arrays', 'int[]', [[1], [2]], '{{1},{2}}'],
    ['an empty array', 'uuid[]', [], '{}'],
    ['an array of bigints', 'bigint[]', [1n, 2n], '{1,2}'],
    ['an object, as JSON', 'jsonb', { a: [1, null, 'ü'] }, '{"a": [1, null, "ü"]}'],
    ['JSON that is an array, as a text', 'jsonb', JSON.stringify([1]), '[1]'],
  ];

  it.each(values)('takes %s', async (_what, type, value, text) => {
    const cast = sqlFragment`::${sqlIdentifier('pg_catalog', 'text')}`;
    const rows = await within(async (dbSession) => {
      await dbSession.sql`SET LOCAL timezone = 'UTC'`;
      return type === 'jsonb'
        ? dbSession.sql`SELECT ${value}::jsonb${cast} AS value`
        : dbSession.sql`SELECT CAST(${value} AS ${typed[type]!})${cast} AS value`;
    });

    expect(rows).toEqual([{ value: text }]);
  });

  const typed = {
    text: sqlFragment`text`,
    int: sqlFragment`int`,
    float8: sqlFragment`float8`,
    bigint: sqlFragment`bigint`,
    boolean: sqlFragment`boolean`,
    timestamptz: sqlFragment`timestamptz`,
    bytea: sqlFragment`bytea`,
    'text[]': sqlFragment`text[]`,
    'int[]': sqlFragment`int[]`,
    'uuid[]': sqlFragment`uuid[]`,
    'bigint[]': sqlFragment`bigint[]`,
  } as Record<string, ReturnType<typeof sqlFragment>>;

  it('numbers the values of pieces in pieces in the order in which they stand', async () => {
    const inner = sqlFragment`${2}::int * ${3}::int`;
    const outer = sqlFragment`(${1}::int + ${inner})`;

    const rows = await within(
      (dbSession) => dbSession.sql`SELECT ${outer} AS once, ${outer} + ${4}::int AS again ${sqlFragment``}`,
    );

    expect(rows).toEqual([{ once: 7, again: 11 }]);
  });

  it('quotes names, whatever is in them', async () => {
    const hostile = `a"; DROP TABLE articles; --`;

    const rows = await within(
      (dbSession) => dbSession.sql`
        SELECT ${sqlIdentifier('x', hostile)} AS ${sqlIdentifier('Upper Case')}
        FROM (SELECT 1 AS ${sqlIdentifier(hostile)}) AS x`,
    );

    expect(rows).toEqual([{ 'Upper Case': 1 }]);
  });

  const template = (cooked: readonly (string | undefined)[]): TemplateStringsArray =>
    Object.assign([...cooked], { raw: cooked }) as unknown as TemplateStringsArray;
  const misuses: [what: string, use: (dbSession: DbReadSession) => unknown, says: RegExp][] = [
    ['a text instead of a template', (s) => s.sql('SELECT 1' as never), /tagged template/],
    ['an array instead of a template', (s) => s.sql(['SELECT 1'] as never), /tagged template/],
    ['a piece from a text', () => sqlFragment('SELECT 1' as never), /tagged template/],
    ['an escape that is none', (s) => s.sql(template([undefined])), /backslash/],
    ['undefined', (s) => s.sql`SELECT ${undefined}`, /Value 1 .* undefined/],
    ['undefined in an array', (s) => s.sql`SELECT ${1}, ${[1, undefined]}`, /Value 2 .* undefined/],
    ['a hole in an array', (s) => s.sql`SELECT ${new Array(1)}`, /undefined/],
    ['undefined in a piece', () => sqlFragment`SELECT ${undefined}`, /undefined/],
    ['a promise', (s) => s.sql`SELECT ${Promise.resolve(1)}`, /await it/],
    ['a function', (s) => s.sql`SELECT ${() => 1}`, /function/],
    ['a symbol', (s) => s.sql`SELECT ${Symbol('a')}`, /symbol/],
    ['a Map', (s) => s.sql`SELECT ${new Map()}`, /Map/],
    ['a Set', (s) => s.sql`SELECT ${new Set()}`, /Set/],
    ['a piece in an array', (s) => s.sql`SELECT ${[sqlFragment`1`]}`, /piece of SQL/],
    ['an empty name', () => sqlIdentifier(''), /name/],
    ['no name', () => sqlIdentifier(), /name/],
    ['a name with a zero character', () => sqlIdentifier('a\0b'), /name/],
    ['a name that is none', () => sqlIdentifier(undefined as never), /name/],
  ];

  it.each(misuses)('refuses %s before anything is sent', async (_what, use, says) => {
    const used = within(async (dbSession) => {
      await use(dbSession);
    });

    await expect(used).rejects.toBeInstanceOf(Misuse);
    await expect(used).rejects.toThrow(says);
  });
});
