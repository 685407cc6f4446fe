import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { searchScope } from '@holdfast/querier';
import fc from 'fast-check';
import { shortTexts, unicode } from '../../fuzz/statements/samples/text-samples.js';
import { type CreatorSpec, newId } from '../../src/index.js';
import { bothPools } from '../fixture/both-pools.js';
import { insertionsInto } from '../fixture/insertions-into.js';
import { SampleRow, samples } from '../fixture/samples/sample-row.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

type Values = Omit<SampleRow, 'id' | 'tenant' | 'position'>;

const text = shortTexts.map(({ given }) => given as string);
const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 4 });
const json = fc.oneof(
  fc.dictionary(unicode(6), fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))),
  fc.array(text, { maxLength: 3 }),
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const anInstant = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });

/** Rows of values that are awkward to write down. */
const arbitraryValues: fc.Arbitrary<Values> = fc.record({
  words: orNull(text),
  short: orNull(text.map((all) => Array.from(all).slice(0, 20).join(''))),
  code: orNull(text.map((all) => Array.from(all).slice(0, 9).join(''))),
  price: orNull(fc.constantFrom('0', '-1.5', '1e3', '0.0000004', '+7', '12345678901234.123456')),
  big: orNull(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
  small: orNull(fc.integer({ min: -32_768, max: 32_767 })),
  ratio: orNull(fc.oneof(fc.double(), fc.constantFrom(Infinity, -Infinity, NaN, -0))),
  real: orNull(fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(Infinity, -Infinity, NaN, -0))),
  isGood: orNull(fc.boolean()),
  at: orNull(anInstant),
  local: orNull(anInstant),
  day: orNull(fc.constantFrom('0001-01-01', '2024-02-29', '99999-12-31')),
  time: orNull(fc.constantFrom('00:00', '23:59:59.999999', '12:34:56')),
  span: orNull(fc.constantFrom('1 day', '-3 mons 4 days 00:00:00.000001', 'P1Y2M')),
  document: orNull(json),
  raw: orNull(json),
  bytes: orNull(fc.uint8Array({ maxLength: 12 })),
  tags: orNull(fc.array(orNull(text), { maxLength: 3 })),
  scores: orNull(fc.array(orNull(fc.integer()), { maxLength: 3 })),
  mood: orNull(fc.constantFrom('glad' as const, 'it\'s \\ "so"' as const)),
}) as fc.Arbitrary<Values>;

const scope = (tenant: string) => searchScope<SampleRow>({ name: 'tenant', equals: { tenant } });

describe.each(bothPools)('the values of rows that are copied %s', (_, pool) => {
  let test: TestDatabase;
  let insertions: Awaited<ReturnType<typeof insertionsInto>>;

  beforeAll(async () => {
    test = await testDatabase([SampleRow], pool);
    await test.dataSource.query('CREATE DOMAIN code AS text CHECK (length(VALUE) < 10)');
    await test.dataSource.query('ALTER TABLE "Odd samples" ALTER code TYPE code');
    insertions = await insertionsInto('"Odd samples"', (sql) => test.dataSource.query(sql));
  });
  afterAll(() => test.close());

  it('are those that statements store, whether they are looked at one by one or together', async () => {
    const columns = SampleRow.options.columns;
    const names = Object.entries(columns).flatMap(([property, { name = property }]) =>
      ['id', 'tenant'].includes(property) ? [] : [`"${name.replaceAll('"', '""')}"`],
    );
    const stored = (tenant: string): Promise<readonly unknown[]> =>
      test.dataSource.query(
        `SELECT DISTINCT ROW(${names.join(', ')})::text AS text FROM "Odd samples" WHERE tenant = $1 ORDER BY text`,
        [tenant],
      );
    const specs = (rows: readonly Values[], count: number): CreatorSpec<SampleRow>[] =>
      Array.from({ length: count }, (__, i) => {
        const position = i % rows.length;
        return { values: { id: newId(), position, ...rows[position] } };
      });

    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryValues, { minLength: 1, maxLength: 5 }), async (rows) => {
        await test.dataSource.query('TRUNCATE "Odd samples"');
        await insertions.taken();
        const copied = specs(rows, 1_001);
        await test.database.execute(samples.bulkCreate(scope('copied'), copied, { returning: 'count' }));
        expect(await insertions.taken()).toEqual(['COPY', 'COPY']);

        await test.database.execute(samples.bulkCreate(scope('together'), specs(rows, rows.length)));
        for (const one of specs(rows, rows.length)) await test.database.execute(samples.create(scope('alone'), one));

        const alone = await stored('alone');
        expect(alone).toHaveLength(rows.length);
        expect(await stored('together')).toEqual(alone);
        expect(await stored('copied')).toEqual(alone);
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it.each(['a\0b', 'a\ud800'])('are none of what PostgreSQL cannot store: %j', async (words) => {
    const rows = Array.from({ length: 1_200 }, (__, position): CreatorSpec<SampleRow> => {
      return { values: { position, words: position === 1_100 ? words : '\\.' } };
    });

    const creating = test.database.execute(samples.bulkCreate(scope('refused'), rows, { returning: 'count' }));

    await expect(creating).rejects.toMatchObject({ name: 'InvalidInput', pointer: '/1100/words' });
    expect(await test.dataSource.query(`SELECT FROM "Odd samples" WHERE tenant = 'refused'`)).toEqual([]);
  });
});
