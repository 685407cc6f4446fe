import { afterEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { AdvisoryLockNotAvailable, guardedPool } from '../src/index.js';
import { gate } from './fixture/gate.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

describe('advisory locks over a small pool', () => {
  let test: TestDatabase;
  const withPool = async (max: number): Promise<TestDatabase> => (test = await testDatabase([], guardedPool({ max })));
  afterEach(() => test.close());

  it('leave a connection for the work under them', async () => {
    const { database } = await withPool(2);
    const work = async (name: string): Promise<string> => {
      await database.ping();
      return name;
    };
    const names = ['a', 'b', 'c', 'd'];

    const all = names.map((name) => database.withAdvisoryLock(name, () => work(name)));

    expect(await Promise.all(all)).toEqual(names);
  });

  it('wait for a connection no longer than they are told to', async () => {
    const { database } = await withPool(2);
    const held = gate();
    const end = gate();
    const holding = database.withAdvisoryLock('a', () => {
      held.open();
      return end.passed;
    });
    await held.passed;

    const waiting = database.withAdvisoryLock('b', () => Promise.resolve(), { waitMs: 20 });

    await expect(waiting).rejects.toBeInstanceOf(AdvisoryLockNotAvailable);
    end.open();
    await holding;
  });

  it('are refused where their work would find none', async () => {
    const { database } = await withPool(1);

    await expect(database.withAdvisoryLock('a', () => database.ping())).rejects.toBeInstanceOf(Misuse);
  });

  it('are refused within each other where they would wait for themselves', async () => {
    const { database } = await withPool(3);
    const nothing = (): Promise<void> => Promise.resolve();

    await database.withAdvisoryLock('a', async () => {
      await expect(database.withAdvisoryLock('a', nothing)).rejects.toBeInstanceOf(Misuse);
      await database.withAdvisoryLock('b', async () => {
        await expect(database.withAdvisoryLock('a', nothing)).rejects.toBeInstanceOf(Misuse);
        await expect(database.withAdvisoryLock('c', nothing)).rejects.toBeInstanceOf(Misuse);
      });
      await database.withAdvisoryLock('b', nothing);
    });
    await database.withAdvisoryLock('a', nothing);
  });

  it('do not all wait for each other', async () => {
    const { database } = await withPool(3);
    const both = [gate(), gate()] as const;
    const nested = (outer: string, i: 0 | 1): Promise<string> =>
      database.withAdvisoryLock(outer, async () => {
        both[i].open();
        await Promise.all(both.map(({ passed }) => passed));
        return database.withAdvisoryLock('inner', () => Promise.resolve(outer));
      });

    const settled = await Promise.allSettled([nested('a', 0), nested('b', 1)]);

    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'AdvisoryLockNotAvailable', lock: 'inner' },
    });
  });
});
