import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidInput, Misuse } from '@holdfast/errors';
import { type Scope, searchScope, unscoped } from '@holdfast/querier';
import {
  dependentCreator,
  newId,
  OperationAlreadyDone,
  type OperationKey,
  operationKey,
  OperationKeyReused,
  type WriteOptions,
  type WriteSpec,
} from '../../src/index.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import type { ParcelRow } from '../fixture/parcels/parcel-row.js';
import { fresh, of, parcels } from '../fixture/parcels/parcels.js';

const a = of('a');
const b = of('b');

describe('what a key is bound to', () => {
  let test: KeyedDatabase;
  let there: ParcelRow;

  beforeAll(async () => void (test = await keyedDatabase()));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('DELETE FROM parcels; DELETE FROM holdfast_operation');
    there = await run(parcels.create(a, { values: { code: 'there', place: 1 } }));
  });

  const run = <Result>(spec: WriteSpec<Result>, options?: WriteOptions): Promise<Result> =>
    test.database.execute(spec, options);
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => new Error('It succeeded.'),
      (error: unknown) => error,
    );
  /** The second one is refused, and does nothing. */
  const refused = async (
    first: (operationKey: OperationKey) => Promise<unknown>,
    second: (operationKey: OperationKey) => Promise<unknown>,
  ): Promise<void> => {
    const key = operationKey(fresh(), { scope: a });
    await first(key);
    const before = await test.parcels();
    const error = await failure(second(key));
    expect(error).toBeInstanceOf(OperationKeyReused);
    expect(error).toMatchObject({ httpStatus: 422, code: 'database_generic_mismatch' });
    expect(await test.parcels()).toEqual(before);
    expect(await test.keys()).toBe(1);
  };

  const row = (code: string, more: Partial<ParcelRow> = {}) => ({ values: { code, ...more } });
  const change = (place: number) => ({ id: there.id, changes: { place } });

  const given = [newId(), newId()];
  const pairs: readonly (readonly [what: string, make: (variant: number) => WriteSpec<unknown>])[] = [
    ['create', (n) => parcels.create(a, row(`new ${n}`))],
    ['create, of null and nothing', (n) => parcels.create(a, row('new', n === 0 ? {} : { weight: null }))],
    ['create, of two columns', (n) => parcels.create(a, row('new', n === 0 ? { place: 1 } : { ratio: 1 }))],
    ['createNext', (n) => parcels.createNext(a, row(`new ${n}`), { column: 'place' })],
    ['bulkCreate', (n) => parcels.bulkCreate(a, [row('x'), row(`new ${n}`)])],
    [
      'bulkCreate, in another order',
      (n) => parcels.bulkCreate(a, n === 0 ? [row('x'), row('y')] : [row('y'), row('x')]),
    ],
    [
      'bulkCreate, of many',
      (n) =>
        parcels.bulkCreate(
          a,
          Array.from({ length: 1_001 }, (_, i) => row(`${i === 1_000 ? n : ''} ${i}`)),
        ),
    ],
    ['bulkCreate, of a Set', (n) => parcels.bulkCreate(a, new Set([row('x'), row(`new ${n}`)]))],
    ['bulkCreate, of a key that is given', (n) => parcels.bulkCreate(a, [row('x'), row('y', { id: given[n]! })])],
    ['bulkCreatePartial', (n) => parcels.bulkCreatePartial(a, [row(`new ${n}`)])],
    ['update', (n) => parcels.update(a, there.id, { changes: { place: n } })],
    [
      'update, of another version',
      (n) => parcels.update(a, there.id, { changes: { place: 5 }, expectedVersion: n + 1 }),
    ],
    ['updateIf', (n) => parcels.updateIf(a, there.id, { place: { gte: -n } }, { changes: { ratio: 1 } })],
    ['bulkUpdate', (n) => parcels.bulkUpdate(a, [change(n)])],
    ['bulkUpdatePartial', (n) => parcels.bulkUpdatePartial(a, [change(n)])],
    ['bulkPurgePartial', (n) => parcels.bulkPurgePartial(a, n === 0 ? [there.id] : [])],
    ['upsert', (n) => parcels.upsert(a, row('there', { place: n }))],
    ['upsert, of a new row', (n) => parcels.upsert(a, row('new', { place: n }))],
    ['bulkUpsert', (n) => parcels.bulkUpsert(a, [row('there', { place: n })])],
    ['bulkUpsert, of a new row', (n) => parcels.bulkUpsert(a, [row(`new ${n}`)])],
    ['bulkUpsertPartial', (n) => parcels.bulkUpsertPartial(a, [row('there', { place: n })])],
    ['batchUpdate', (n) => parcels.batchUpdate(a, [there.id], { changes: { place: n } })],
    ['batchDelete', (n) => parcels.batchDelete(a, { place: { eq: n } })],
    ['batchPurge', (n) => parcels.batchPurge(a, { place: { eq: n } })],
    ['batchPurge, in batches', (n) => parcels.batchPurge(a, { place: { eq: n } }, { batchSize: 10 })],
  ];

  it.each(pairs)('what is asked for: %s', async (_what, make) => {
    await refused(
      (operationKey) => run(make(0), { operationKey }),
      (operationKey) => run(make(1), { operationKey }),
    );
  });

  it.each(pairs)('who acts: %s', async (_what, make) => {
    await refused(
      (operationKey) => run(make(0), { operationKey, actor: 'ada' }),
      (operationKey) => run(make(0), { operationKey, actor: 'bob' }),
    );
  });

  it('an actor, and not nobody', async () => {
    await refused(
      (operationKey) => run(parcels.update(a, there.id, { changes: { place: 3 } }), { operationKey }),
      (operationKey) => run(parcels.update(a, there.id, { changes: { place: 3 } }), { operationKey, actor: 'null' }),
    );
  });

  it('an actor, of closures', async () => {
    await refused(
      (operationKey) => test.database.beginSession(() => Promise.resolve(), { name: 'work', operationKey }),
      (operationKey) =>
        test.database.beginSession(() => Promise.resolve(), { name: 'work', operationKey, actor: 'ada' }),
    );
  });

  it('the operation', async () => {
    await refused(
      (operationKey) => run(parcels.delete(a, there.id), { operationKey }),
      (operationKey) => run(parcels.restore(a, there.id), { operationKey }),
    );
  });

  it('the operation, of closures their name', async () => {
    const named = (name: string) => (operationKey: OperationKey) =>
      test.database.beginSession(() => Promise.resolve(name), { name, operationKey });
    await refused(named('one'), named('two'));
  });

  it('the payload that the caller names', async () => {
    const text = fresh();
    const asked = (payload: unknown): Promise<number> =>
      test.database.beginSession(() => Promise.resolve(1), {
        name: 'asked',
        operationKey: operationKey(text, { scope: a, payload, keepResult: true }),
      });
    await asked({ x: 1, y: [new Date(5), 2n] });

    expect(await asked({ y: [new Date(5), 2n], x: 1 })).toBe(1);
    for (const other of [
      { x: 1 },
      { x: '1', y: [new Date(5), 2n] },
      { x: 1, y: [new Date(5).toJSON(), 2n] },
      null,
      '',
    ]) {
      expect(await failure(asked(other))).toBeInstanceOf(OperationKeyReused);
    }
    expect(await failure(asked(undefined))).toBeInstanceOf(OperationKeyReused);
  });

  it('the payload that the caller names, besides that of the operation', async () => {
    const text = fresh();
    const create = (payload: unknown): Promise<unknown> =>
      run(parcels.create(a, row('new')), { operationKey: operationKey(text, { payload }) });
    const first = await create('one');

    expect(await create('one')).toStrictEqual(first);
    expect(await failure(create('two'))).toBeInstanceOf(OperationKeyReused);
  });

  it('nothing that an answer could be told by to another scope, whatever it asks for', async () => {
    const key = operationKey('the same text for everybody');
    const mine = await run(parcels.create(a, row('new')), { operationKey: key });
    const scopes = [
      b,
      unscoped('the test looks'),
      searchScope<ParcelRow>({ name: 'owner', equals: { tenant: 'a' } }),
      searchScope<ParcelRow>({ name: 'tenant', equals: { tenant: 'A' } }),
    ];
    for (const [i, scope] of scopes.entries()) {
      const values = { code: `new ${i}`, tenant: i === 1 ? 'c' : undefined };
      const theirs = await run(parcels.create(scope, { values: values as never }), { operationKey: key });
      expect(theirs.id).not.toBe(mine.id);
    }
    expect(await test.keys()).toBe(1 + scopes.length);
    expect(await run(parcels.create(of('a'), row('new')), { operationKey: key })).toStrictEqual(mine);
  });

  it('the scope, for two tenants who ask at once for the same', async () => {
    const key = operationKey(fresh());
    const all = await Promise.all(
      [a, b, a, b].map((scope) => run(parcels.create(scope, row('new')), { operationKey: key })),
    );

    expect(all.map(({ tenant }) => tenant)).toEqual(['a', 'b', 'a', 'b']);
    expect(all[0]!.id).toBe(all[2]!.id);
    expect(all[1]!.id).toBe(all[3]!.id);
    expect(await test.keys()).toBe(2);
  });

  it('the scope that the caller names, of closures and of operations', async () => {
    const text = fresh();
    const session = (scope: Scope<ParcelRow>): Promise<string> =>
      test.database.beginSession(() => Promise.resolve('name' in scope ? scope.name : 'none'), {
        name: 'session',
        operationKey: operationKey(text, { keepResult: true, scope }),
      });
    const none = unscoped('one room for all');
    const other = searchScope<ParcelRow>({ name: 'other', equals: { tenant: 'a' } });

    expect([
      await session(none),
      await session(a),
      await session(other),
      await session(none),
      await session(a),
    ]).toEqual(['none', 'tenant', 'other', 'none', 'tenant']);
    // What an operation says of its scope is not undone by it.
    const key = operationKey(text, { scope: a });
    await run(parcels.create(b, row('new')), { operationKey: key });
    await run(parcels.create(of('c'), row('new')), { operationKey: key });
    expect(await test.keys()).toBe(5);
  });

  it('the scope of what is created first, where others depend on it', async () => {
    const key = operationKey(fresh());
    const both = (tenant: string) =>
      dependentCreator(parcels.create(of(tenant), row('first')), ({ id }) =>
        parcels.create(of(tenant), row(`after ${id}`)),
      );
    await run(both('x'), { operationKey: key });
    await run(both('y'), { operationKey: key });

    expect(await failure(run(both('x'), { operationKey: key }))).toBeInstanceOf(OperationAlreadyDone);
    expect(await test.keys()).toBe(2);
  });

  it('all of its text', async () => {
    const texts = [
      'x',
      'X',
      ' x',
      'x ',
      'é',
      'e\u0301',
      '𝄞'.repeat(127),
      `${'x'.repeat(254)}y`,
      'x'.repeat(255),
      "'; --",
      '\n',
    ];
    const made = await Promise.all(
      texts.map((text) => run(parcels.create(a, row(`of ${text}`)), { operationKey: operationKey(text) })),
    );

    expect(new Set(made.map(({ id }) => id)).size).toBe(texts.length);
    expect(await test.keys()).toBe(texts.length);
  });

  it.each([
    ['the empty text', ''],
    ['256 characters', 'x'.repeat(256)],
    ['a NUL', 'a\0b'],
    ['half a pair of surrogates', 'a\ud800'],
    ['no text', 7],
    ['nothing', undefined],
    ['null', null],
    ['an object', { toString: () => 'x' }],
  ])('is no key: %s', (_what, text) => {
    expect(() => operationKey(text as string)).toThrow(InvalidInput);
  });

  it.each([
    ['an instance', new Map()],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['undefined in a list', [undefined]],
  ])('is no payload: %s', (_what, payload) => {
    expect(() => operationKey('x', { payload })).toThrow(Misuse);
  });

  it('is no scope: what no scope was made of', () => {
    expect(() => operationKey('x', { scope: { equals: { tenant: 'a' } } as never })).toThrow();
    expect(() => operationKey('x', { scope: [] as never })).toThrow();
  });

  it('is no key of ours: a text, or what looks like one', async () => {
    const before = await test.parcels();
    for (const key of ['x', { text: 'x', scope: '', payload: '', keepsResult: false }, null, 1]) {
      const options = { operationKey: key as unknown as OperationKey };
      expect(await failure(run(parcels.create(a, row('new')), options))).toBeInstanceOf(Misuse);
      expect(await failure(run(parcels.createNext(a, row('new'), { column: 'place' }), options))).toBeInstanceOf(
        Misuse,
      );
      expect(
        await failure(test.database.beginSession(() => Promise.resolve(), { name: 'none', ...options })),
      ).toBeInstanceOf(Misuse);
    }
    expect(await test.parcels()).toEqual(before);
  });
});
