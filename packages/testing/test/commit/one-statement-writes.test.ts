import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { guardedPool, newId, type WriteOptions } from '@holdfast/base';
import { where } from '@holdfast/querier';
import type { FaultKind } from '@holdfast/testing';
import type { DataSourceOptions } from 'typeorm';
import { entries, type EntryRow, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

/** One write of one statement, on an entry that is there already or is made by it. */
interface WriteCase {
  readonly name: string;
  /** How the entry is there before; null for one that is not. */
  readonly given: Partial<EntryRow> | null;
  write(lossy: LossyDatabase, id: string, options?: WriteOptions): Promise<unknown>;
  /** What the call is to resolve with. */
  readonly answer: (id: string) => unknown;
  readonly effect: 'INSERT' | 'UPDATE' | 'DELETE';
  /** What is stored afterwards. */
  readonly stored: Partial<EntryRow> | null;
}

const anyDate: unknown = expect.any(Date);
const kept = { amount: 1, deletedAt: null };

const writes: readonly WriteCase[] = [
  {
    name: 'create with a key that was given',
    given: null,
    write: ({ database }, id, options) =>
      database.execute(entries.create(red, { values: { id, label: id, amount: 1 } }), options),
    answer: (id) => ({ id, team: 'red', label: id, ...kept }),
    effect: 'INSERT',
    stored: kept,
  },
  {
    name: 'update',
    given: kept,
    write: ({ database }, id, options) =>
      database.execute(entries.update(red, id, { changes: { amount: 2 } }), options),
    answer: (id) => ({ id, team: 'red', label: id, ...kept, amount: 2 }),
    effect: 'UPDATE',
    stored: { amount: 2 },
  },
  {
    name: 'updateIf',
    given: kept,
    write: ({ database }, id, options) =>
      database.execute(
        entries.updateIf(red, id, where<EntryRow>({ amount: { eq: 1 } }), { changes: { amount: 2 } }),
        options,
      ),
    answer: (id) => ({ id, team: 'red', label: id, ...kept, amount: 2 }),
    effect: 'UPDATE',
    stored: { amount: 2 },
  },
  {
    name: 'delete',
    given: kept,
    write: ({ database }, id, options) => database.execute(entries.delete(red, id), options),
    answer: (id) => ({ id, team: 'red', label: id, amount: 1, deletedAt: anyDate }),
    effect: 'UPDATE',
    stored: { deletedAt: anyDate as Date },
  },
  {
    name: 'restore',
    given: { amount: 1, deletedAt: new Date(0) },
    write: ({ database }, id, options) => database.execute(entries.restore(red, id), options),
    answer: (id) => ({ id, team: 'red', label: id, ...kept }),
    effect: 'UPDATE',
    stored: kept,
  },
  {
    name: 'purge',
    given: kept,
    write: ({ database }, id, options) => database.execute(entries.purge(red, id), options),
    answer: (id) => ({ id, team: 'red', label: id, ...kept }),
    effect: 'DELETE',
    stored: null,
  },
  {
    name: 'upsert of what is not there',
    given: null,
    write: ({ database }, id, options) =>
      database.execute(entries.upsert(red, { values: { id, label: id, amount: 1 } }), options),
    answer: (id) => ({ data: { id, team: 'red', label: id, ...kept }, inserted: true }),
    effect: 'INSERT',
    stored: kept,
  },
  {
    name: 'upsert of what is there',
    given: kept,
    write: ({ database }, id, options) =>
      database.execute(entries.upsert(red, { values: { label: id, amount: 2 } }), options),
    answer: (id) => ({ data: { id, team: 'red', label: id, ...kept, amount: 2 }, inserted: false }),
    effect: 'UPDATE',
    stored: { amount: 2 },
  },
  {
    name: 'batchUpdate',
    given: kept,
    write: ({ database }, id, options) =>
      database.execute(entries.batchUpdate(red, [id], { changes: { amount: 2 } }), options),
    answer: () => ({ count: 1 }),
    effect: 'UPDATE',
    stored: { amount: 2 },
  },
  {
    name: 'batchDelete',
    given: kept,
    write: ({ database }, id, options) =>
      database.execute(entries.batchDelete(red, where<EntryRow>({ label: { eq: id } })), options),
    answer: () => ({ count: 1 }),
    effect: 'UPDATE',
    stored: { deletedAt: anyDate as Date },
  },
  {
    name: 'batchPurge',
    given: kept,
    write: ({ database }, id, options) => database.execute(entries.batchPurge(red, [id]), options),
    answer: () => ({ count: 1 }),
    effect: 'DELETE',
    stored: null,
  },
  {
    name: 'bulkCreate',
    given: null,
    write: ({ database }, id, options) =>
      database.execute(entries.bulkCreate(red, [{ values: { id, label: id, amount: 1 } }]), options),
    answer: (id) => [{ id, team: 'red', label: id, ...kept }],
    effect: 'INSERT',
    stored: kept,
  },
];

/** What each fault at COMMIT does to the transaction, once it has ended by itself or been ended. */
const faults: readonly (readonly [FaultKind, 'committed' | 'not-committed'])[] = [
  ['cutAfter', 'committed'],
  ['resetAfter', 'committed'],
  ['cutBefore', 'not-committed'],
  ['resetBefore', 'not-committed'],
  ['clientCutServerHold', 'not-committed'],
];
/** Which only show by the time that passes. */
const silences: readonly (readonly [FaultKind, 'committed' | 'not-committed'])[] = [
  ['holdAfter', 'committed'],
  ['dropToClient', 'committed'],
  ['holdBefore', 'not-committed'],
  ['dropToServer', 'not-committed'],
];

async function given(lossy: LossyDatabase, entry: Partial<EntryRow> | null): Promise<string> {
  const id = newId();
  if (entry !== null) {
    await lossy.ask('INSERT INTO entries VALUES ($1, $2, $3, $4, $5)', [id, 'red', id, entry.amount, entry.deletedAt]);
    await lossy.ask('DELETE FROM effects WHERE entry = $1', [id]);
  }
  return id;
}

async function stored(lossy: LossyDatabase, id: string): Promise<Partial<EntryRow> | null> {
  const sql = 'SELECT amount, deleted_at AS "deletedAt" FROM entries WHERE id = $1';
  return (await lossy.ask<Partial<EntryRow>>(sql, [id]))[0] ?? null;
}

const stock = { extra: { max: 1 } } as Partial<DataSourceOptions>;
const someFaults = faults.filter(([fault]) => !fault.startsWith('reset'));
const someWrites = writes.filter(({ name }) => /^(?:create|update$|purge)/.test(name));
const ways = [
  { way: 'over the guarded pool', pool: guardedPool({ max: 1 }), losses: faults, these: writes },
  { way: 'over a stock pool', pool: stock, losses: someFaults, these: someWrites },
] as const;

describe.each(ways)('A write of one statement whose COMMIT is not answered, $way', ({ pool, losses, these }) => {
  let lossy: LossyDatabase;
  beforeAll(async () => {
    lossy = await lossyDatabase({ pool });
  });
  afterEach(() => lossy.proxy.heal());
  afterAll(() => lossy.close());

  describe.each(losses)('after %s (%s)', (fault, verdict) => {
    it.each(these)('is done once: $name', async ({ given: entry, write, answer, effect, stored: expected }) => {
      const id = await given(lossy, entry);
      const before = lossy.resolved.length;
      const landing = lossy.proxy.next({ fault, at: 'commit' });

      const result = await write(lossy, id);

      expect((await landing).kind).toBe(fault);
      expect(result).toEqual(answer(id));
      expect(await lossy.effects(id)).toEqual([effect]);
      const row = await stored(lossy, id);
      if (expected === null) expect(row).toBeNull();
      else expect(row).toMatchObject(expected);
      expect(lossy.resolved.slice(before)).toMatchObject([{ verdict }]);
    });
  });
});

describe('A write of one statement whose COMMIT meets silence', () => {
  let lossy: LossyDatabase;
  beforeAll(async () => {
    lossy = await lossyDatabase({ pool: guardedPool({ max: 1, query_timeout: 1_000 }) });
  });
  afterEach(() => lossy.proxy.heal());
  afterAll(() => lossy.close());

  it.each(silences)('is done once when pg has given up waiting, after %s (%s)', async (fault, verdict) => {
    const id = await given(lossy, kept);
    const before = lossy.resolved.length;
    const landing = lossy.proxy.next({ fault, at: 'commit' });

    const result = await lossy.database.execute(entries.update(red, id, { changes: { amount: 2 } }));

    expect((await landing).kind).toBe(fault);
    expect(result).toMatchObject({ id, amount: 2 });
    expect(await lossy.effects(id)).toEqual(['UPDATE']);
    expect(lossy.resolved.slice(before)).toMatchObject([{ verdict, operation: 'update', at: null }]);
  });
});
