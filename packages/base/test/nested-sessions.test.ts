import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { Database, guardedPool, seriesSpec } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const separate = { separate: true } as const;

// With one connection, whatever took a second one would wait for it for ever.
describe('within a dbSession its Database', () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], guardedPool({ max: 1 }))));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));

  const count = articles.count(a, {});
  const around: Record<string, (work: () => Promise<unknown>) => Promise<unknown>> = {
    'one that writes': (work) => test.database.beginSession(work),
    'one that reads': (work) => test.database.beginReadonlySession(work),
    'a savepoint': (work) => test.database.beginSession((dbSession) => dbSession.savepoint(work)),
    'a transaction of its manager': (work) => test.database.beginSession(({ manager }) => manager.transaction(work)),
  };
  const inside: Record<string, () => Promise<unknown>> = {
    beginSession: () => test.database.beginSession((dbSession) => dbSession.execute(count)),
    beginReadonlySession: () => test.database.beginReadonlySession((dbSession) => dbSession.execute(count)),
    execute: () => test.database.execute(count),
    'execute of a series': () => test.database.execute(seriesSpec('counts', (execute) => execute(count))),
  };
  const both = Object.keys(around).flatMap((outer) => Object.keys(inside).map((inner) => [inner, outer] as const));

  it.each(both)('refuses %s, and says what to use: %s', async (inner, outer) => {
    const nested = around[outer]!(inside[inner]!);

    await expect(nested).rejects.toBeInstanceOf(Misuse);
    await expect(nested).rejects.toThrow(/within\(dbSession\).*separate: true/);
  });

  it('refuses those that begin at the same time', async () => {
    const seen = await test.database.beginSession(() =>
      Promise.allSettled([inside['beginSession']!(), inside['execute']!()]),
    );

    expect(seen).toEqual([1, 2].map(() => ({ status: 'rejected', reason: expect.any(Misuse) as never })));
  });

  it('refuses it through a dbSession of another Database', async () => {
    const other = new Database(test.dataSource);
    const nested = test.database.beginSession(() => other.beginSession(() => test.database.execute(count)));

    await expect(nested).rejects.toBeInstanceOf(Misuse);
  });

  it('is free to be used in what follows the commit, and in what outlives the closure', async () => {
    const seen: unknown[] = [];
    const outside = new EventEmitter();

    await test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, article()));
      dbSession.afterCommit(async () => void seen.push(await test.database.execute(count)));
      dbSession.afterCommit(async () => void seen.push(await inside['beginSession']!()));
      const counted = once(outside, 'ended').then(() => test.database.execute(count));
      void counted.then((result) => outside.emit('counted', result));
    });
    const counted = once(outside, 'counted');
    outside.emit('ended');

    expect(seen).toEqual([1, 1]);
    expect(await counted).toEqual([1]);
  });

  it('is free for dbSessions beside each other', async () => {
    const both = [1, 2].map(() => test.database.beginSession((dbSession) => dbSession.execute(count)));

    expect(await Promise.all(both)).toEqual([0, 0]);
  });
});

describe('what is said to be separate from a dbSession around it', () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], guardedPool({ max: 2 }))));
  afterAll(() => test.close());

  it('is a transaction of its own: it sees nothing of the other, and stays when that is undone', async () => {
    const seen: number[] = [];
    const running = test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, article({ title: 'undone' })));
      seen.push(await test.database.execute(articles.count(a, {}), separate));
      await test.database.beginSession(
        (apart) => apart.execute(articles.create(a, article({ title: 'stays' }))),
        separate,
      );
      seen.push(await test.database.beginReadonlySession((apart) => apart.execute(articles.count(a, {})), separate));
      throw new Error('undo');
    });

    await expect(running).rejects.toThrow('undo');
    expect(seen).toEqual([0, 1]);
    expect(await test.database.execute(articles.count(a, { title: { eq: 'stays' } }))).toBe(1);
  });
});
