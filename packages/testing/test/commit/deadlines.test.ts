import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, DeadlineExceeded, guardedPool, newId } from '@holdfast/base';
import type { CallOptions } from '@holdfast/operation';
import type pg from 'pg';
import { entries, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

let lossy: LossyDatabase;
beforeAll(async () => {
  lossy = await lossyDatabase({ pool: guardedPool({ max: 1 }) });
});
afterEach(() => lossy.proxy.heal());
afterAll(() => lossy.close());

const ways: readonly (readonly [string, (database: Database, id: string, options: CallOptions) => Promise<unknown>])[] =
  [
    [
      'a write of one statement',
      (database, id, options) => database.execute(entries.create(red, { values: { id, label: id } }), options),
    ],
    [
      'a dbSession',
      (database, id, options) =>
        database.beginSession((dbSession) => dbSession.execute(entries.create(red, { values: { id, label: id } })), {
          ...options,
        }),
    ],
  ];
/** How a call is ended of whose connection nothing is heard. */
const limits: readonly (readonly [string, (landing: Promise<unknown>) => CallOptions])[] = [
  ['its deadline', () => ({ deadlineMs: 2_000 })],
  [
    'its signal',
    (landing) => {
      const given = new AbortController();
      void landing.then(() => given.abort());
      return { signal: given.signal };
    },
  ],
];

describe.each(ways)('%s that meets silence', (_, write) => {
  it.each(limits)(
    'at its COMMIT ends after %s, with what became of it, and its connection ends',
    async (_by, limit) => {
      const id = newId();
      await write(lossy.database, newId(), {});
      const landing = lossy.proxy.next({ fault: 'holdAfter', at: 'commit' });

      expect(await write(lossy.database, id, limit(landing))).toMatchObject({ id });

      await landing;
      expect(lossy.resolved.at(-1)).toMatchObject({ verdict: 'committed' });
      expect(lossy.database.poolFigures()).toMatchObject({ total: 0, waiting: 0 });
      expect(await lossy.effects(id)).toEqual(['INSERT']);
    },
  );

  it('at the first statement of a new connection ends after its deadline, and has done nothing', async () => {
    const id = newId();
    const { master: pool } = lossy.dataSource.driver as unknown as { readonly master: pg.Pool };
    (await pool.connect()).release(true);
    const landing = lossy.proxy.next({ fault: 'holdBefore', at: { sql: /pg_control_system/ } });

    const writing = write(lossy.another(), id, { deadlineMs: 2_000 });

    await expect(writing).rejects.toBeInstanceOf(DeadlineExceeded);
    await expect(writing).rejects.toMatchObject({ outcome: 'not-committed' });
    await landing;
    expect(lossy.database.poolFigures()).toMatchObject({ total: 0, waiting: 0 });
    await write(lossy.database, id, {});
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });
});
