import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { OperationAlreadyDone, operationKey, type WriteSpec } from '../../src/index.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { fresh, of, parcels } from '../fixture/parcels/parcels.js';
import { tripsOf } from '../fixture/trips-of.js';

const a = of('a');
const SKIPPED = 'skipped';

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => new Error('It succeeded.'),
    (error: unknown) => error,
  );

describe('a write with a key, of a row that a trigger skips', () => {
  let test: KeyedDatabase;

  beforeAll(async () => {
    test = await keyedDatabase();
    await test.dataSource.query(`
      CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.code = '${SKIPPED}' THEN RETURN NULL; END IF; RETURN NEW; END $$`);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('DELETE FROM parcels; DELETE FROM holdfast_operation');
    await test.dataSource.query(
      'CREATE OR REPLACE TRIGGER skips BEFORE INSERT ON parcels FOR EACH ROW EXECUTE FUNCTION skip()',
    );
  });

  const rows = (...codes: readonly string[]) => codes.map((code) => ({ values: { code } }));
  const makes: readonly (readonly [string, () => WriteSpec<unknown>])[] = [
    ['one', () => parcels.create(a, { values: { code: SKIPPED } })],
    ['many', () => parcels.bulkCreate(a, rows(SKIPPED, 'other'))],
    ['many that are counted', () => parcels.bulkCreate(a, rows('other', SKIPPED), { returning: 'count' })],
    ['one with a next value', () => parcels.createNext(a, { values: { code: SKIPPED } }, { column: 'place' })],
  ];

  it.each(
    makes.flatMap(([what, make]) => (['resolved', 'one-trip'] as const).map((commit) => [what, commit, make] as const)),
  )('stores nothing and leaves no key, and is done when it comes again: %s, %s', async (_what, commit, make) => {
    const options = { commit, operationKey: operationKey(fresh()) };

    for (const again of [make(), make()]) {
      const refused = await failure(test.database.execute(again, options));
      expect(refused).toBeInstanceOf(Misuse);
      expect([await test.parcels(), await test.keys()]).toEqual([[], 0]);
    }

    await test.dataSource.query('DROP TRIGGER skips ON parcels');
    await test.database.execute(make(), options);
    const once = await test.parcels();
    await test.database.execute(make(), options).catch((error: unknown) => {
      expect(error).toBeInstanceOf(OperationAlreadyDone);
    });
    expect([await test.parcels(), await test.keys()]).toEqual([once, 1]);
    expect(once.length).toBeGreaterThan(0);
  });

  it('takes one trip all the same where the row is stored', async () => {
    const options = { commit: 'one-trip', operationKey: operationKey(fresh()) } as const;
    const make = () => parcels.create(a, { values: { code: 'stored', labels: ['x'], ratio: 0.1 } });

    const trips = await tripsOf(test, async () => {
      expect(await test.database.execute(make(), options)).toMatchObject({ code: 'stored', labels: ['x'], ratio: 0.1 });
    });

    expect(trips).toHaveLength(1);
  });

  it.each([
    [
      'a trigger that divides by zero',
      `CREATE FUNCTION divide() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.place = NEW.place / 0; RETURN NEW; END';
       CREATE TRIGGER divides BEFORE INSERT ON parcels FOR EACH ROW EXECUTE FUNCTION divide()`,
      { sqlState: '22012' },
      'DROP TRIGGER divides ON parcels',
    ],
    [
      'a rule in place of insertions',
      'CREATE RULE kept AS ON INSERT TO parcels DO INSTEAD NOTHING',
      {},
      'DROP RULE kept ON parcels',
    ],
  ])('tells %s as without a key, and leaves none', async (_what, sql, expected, undo) => {
    await test.dataSource.query(sql);
    const options = { commit: 'one-trip', operationKey: operationKey(fresh()) } as const;
    const make = () => parcels.create(a, { values: { code: 'x', place: 1 } });
    try {
      const plain = await failure(test.database.execute(make()));
      const keyed = await failure(test.database.execute(make(), options));

      expect([plain, keyed]).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)]);
      expect((keyed as Error).constructor).toBe((plain as Error).constructor);
      expect([await test.parcels(), await test.keys()]).toEqual([[], 0]);
    } finally {
      await test.dataSource.query(undo);
    }
  });
});
