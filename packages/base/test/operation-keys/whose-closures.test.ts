import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { operationKey, type WriteSessionOptions } from '../../src/index.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { fresh, of, parcels } from '../fixture/parcels/parcels.js';

const a = of('a');

describe('the key of a closure', () => {
  let test: KeyedDatabase;

  beforeAll(async () => void (test = await keyedDatabase()));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('DELETE FROM parcels; DELETE FROM holdfast_operation'));

  it('is not that of another tenant, who never sees what the closure returned', async () => {
    const secret = (tenant: string): Promise<{ readonly secretOf: string }> =>
      test.database.beginSession(() => Promise.resolve({ secretOf: tenant }), {
        name: 'secret',
        operationKey: operationKey('1', { scope: of(tenant), keepResult: true }),
      });
    const tenants = ['alice', 'bob', 'alice', 'bob'];

    expect(await Promise.all(tenants.map(secret))).toEqual(tenants.map((secretOf) => ({ secretOf })));
    for (const tenant of tenants) expect(await secret(tenant)).toEqual({ secretOf: tenant });
    expect(await test.keys()).toBe(2);
  });

  it.each<[what: string, options: WriteSessionOptions]>([
    ['a scope', { name: 'work', operationKey: operationKey('x') }],
    ['a scope, though it has a payload', { name: 'work', operationKey: operationKey('x', { payload: 'a' }) }],
    ['a name', { operationKey: operationKey('x', { scope: a }) }],
    ['either', { operationKey: operationKey('x') }],
  ])('is Misuse without %s, and nothing is done', async (_what, options) => {
    let runs = 0;
    const refused = test.database.beginSession((dbSession) => {
      runs += 1;
      return dbSession.execute(parcels.create(a, { values: { code: fresh() } }));
    }, options);

    await expect(refused).rejects.toBeInstanceOf(Misuse);
    await expect(refused).rejects.toThrow('{ name, operationKey: operationKey(text, { scope }) }');
    expect([runs, await test.keys(), await test.parcels()]).toEqual([0, 0, []]);
  });

  it('is that of everybody where it says so', async () => {
    let runs = 0;
    const work = (reason: string): Promise<number> =>
      test.database.beginSession(() => Promise.resolve(++runs), {
        name: 'work',
        operationKey: operationKey('x', { scope: unscoped(reason), keepResult: true }),
      });

    expect([await work('one clock for all'), await work('said otherwise'), runs]).toEqual([1, 1, 1]);
  });
});
