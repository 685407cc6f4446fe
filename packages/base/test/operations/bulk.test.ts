import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityNotFound, Misuse } from '@holdfast/errors';
import { EntitySchema } from 'typeorm';
import { unscoped } from '@holdfast/querier';
import {
  type CreatorSpec,
  databaseTime,
  DeadlineExceeded,
  entityOperations,
  guardedPool,
  newId,
} from '../../src/index.js';
import { allGivenBack } from '../fixture/all-given-back.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { gate } from '../fixture/gate.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

/** A row whose key is a sequence's. */
interface TicketRow {
  readonly id: number;
  readonly name: string;
}

const TicketRow = new EntitySchema<TicketRow>({
  name: 'Ticket',
  tableName: 'Ticket queue',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment', name: "the Id's" },
    name: { type: 'text', unique: true },
  },
});

const tickets = entityOperations<TicketRow, TicketRow, number>({
  entity: TicketRow,
  toData: (row) => ({ ...row }),
  notFound: (id) => new EntityNotFound('ticket', `There is no ticket ${id}.`),
  alreadyExists: () => new EntityNotFound('ticket'),
});

describe.each([
  ['the guarded pool', guardedPool({ max: 4 })],
  ['a stock pool', { extra: { max: 4 } }],
])('bulk operations over %s', (_name, pool) => {
  let test: TestDatabase;
  const a = tenant('a');
  const all = unscoped('a test');

  beforeAll(async () => void (test = await testDatabase([ArticleRow, TicketRow], pool)));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles, "Ticket queue"'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const titles = async (): Promise<readonly string[]> =>
    (await test.dataSource.query<{ title: string }[]>('SELECT title FROM articles ORDER BY title')).map(
      (row) => row.title,
    );
  const named = (count: number): readonly CreatorSpec<TicketRow>[] =>
    Array.from({ length: count }, (_, i) => ({ values: { name: `t${i}` } }));

  it('creates rows whose keys come from a sequence, in the order given', async () => {
    const created = await run(tickets.bulkCreate(all, named(2_500)));

    expect(created.map(({ name }) => name)).toEqual(named(2_500).map(({ values }) => values.name));
    expect(new Set(created.map(({ id }) => id)).size).toBe(2_500);
    expect(
      await run(
        tickets.loadMany(
          all,
          created.map(({ id }) => id),
        ),
      ),
    ).toEqual(created);
  });

  it('creates what a generator gives, all or nothing, and counts it where that is all that is asked', async () => {
    function* some(count: number): Generator<CreatorSpec<ArticleRow>> {
      for (let i = 0; i < count; i++) yield article({ title: `g${i}` });
    }
    async function* later(): AsyncGenerator<CreatorSpec<ArticleRow>> {
      await Promise.resolve();
      yield* some(1_200);
      yield article({ title: 'g3' });
    }

    await expect(run(articles.bulkCreate(a, later()))).rejects.toThrow('This title is taken.');
    expect(await titles()).toEqual([]);
    expect(await run(articles.bulkCreate(a, some(2_001), { returning: 'count' }))).toEqual({ count: 2_001 });
    expect(await titles()).toHaveLength(2_001);
  });

  it('refuses a generator that was read before: nothing would be left of it', async () => {
    function* one(): Generator<CreatorSpec<ArticleRow>> {
      yield article();
    }
    const items = one();
    await run(articles.bulkCreate(a, items));

    await expect(run(articles.bulkCreate(a, items))).rejects.toBeInstanceOf(Misuse);
  });

  it('waits for a source that stalls no longer than its signal or deadline, and keeps nothing', async () => {
    const stalled = gate();
    let returned = 0;
    const stalling = (): AsyncIterable<CreatorSpec<ArticleRow>> => {
      let given = 0;
      return {
        [Symbol.asyncIterator]: () => ({
          next: () => {
            if (given++ < 600) return Promise.resolve({ done: false, value: article() });
            stalled.open();
            return new Promise(() => {});
          },
          return: () => {
            returned++;
            return new Promise(() => {});
          },
        }),
      };
    };
    const given = new AbortController();
    const creating = run(articles.bulkCreate(a, stalling(), { returning: 'count' }), { signal: given.signal });
    await stalled.passed;
    given.abort(new Error('enough'));

    await expect(creating).rejects.toThrow('enough');
    await expect(run(articles.bulkCreatePartial(a, stalling()), { deadlineMs: 1_000 })).rejects.toBeInstanceOf(
      DeadlineExceeded,
    );
    const within = test.database.beginSession((dbSession) => dbSession.execute(articles.bulkCreate(a, stalling())), {
      deadlineMs: 1_000,
    });
    await expect(within).rejects.toBeInstanceOf(DeadlineExceeded);

    expect(returned).toBe(3);
    await allGivenBack(test.database);
    expect(await titles()).toEqual([]);
  });

  it('ends between two pieces of a list when it is told to', async () => {
    const given = new AbortController();
    function* some(): Generator<CreatorSpec<ArticleRow>> {
      for (; read < 4_000; read++) {
        if (read === 1_600) given.abort(new Error('enough'));
        yield article();
      }
    }
    let read = 0;

    await expect(run(articles.bulkCreate(a, some()), { signal: given.signal })).rejects.toThrow('enough');

    expect(read).toBeLessThan(4_000);
    expect(await titles()).toEqual([]);
  });

  it('undoes a bulk of several statements that fails within a dbSession, and goes on', async () => {
    const late = [...Array.from({ length: 1_500 }, () => article()), article({ rank: 1.5 })];

    await test.database.beginSession(async (dbSession) => {
      await expect(dbSession.execute(articles.bulkCreate(a, late))).rejects.toMatchObject({ pointer: '/1500/rank' });
      await dbSession.execute(articles.create(a, article({ title: 'kept' })));
    });

    expect(await titles()).toEqual(['kept']);
  });

  it('creates those that can be, and tells of the others which and why', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => article({ title: `p${i}` }));
    rows[7] = article({ title: 'p3' });
    rows[8] = article({ title: 'x'.repeat(41) });
    rows[30] = article({ rank: 1.5 });
    rows[31] = article({ tenant: 'b' });

    const { successes, failures } = await run(articles.bulkCreatePartial(a, rows));

    expect(failures.map(({ index, spec, error }) => [index, spec === rows[index], error.name])).toEqual([
      [7, true, 'EntityAlreadyExists'],
      [8, true, 'InvalidData'],
      [30, true, 'InvalidInput'],
      [31, true, 'OutsideScope'],
    ]);
    expect(successes.map(({ title }) => title)).toEqual(
      rows.filter((_, i) => ![7, 8, 30, 31].includes(i)).map(({ values }) => values.title),
    );
    expect(await titles()).toHaveLength(36);
  });

  it('takes back what a partial bulk has created where an error lies in none of its rows', async () => {
    const controller = new AbortController();
    function* some(): Generator<CreatorSpec<ArticleRow>> {
      for (let i = 0; i < 1_500; i++) yield article();
      controller.abort(new Error('enough'));
      throw new Error('no more');
    }

    await expect(run(articles.bulkCreatePartial(a, some()))).rejects.toThrow('no more');
    expect(await titles()).toEqual([]);
  });

  it('updates each row in its own way, in the order given, and one twice in turn', async () => {
    const [one, two, three] = await run(
      articles.bulkCreate(a, [article(), article({ price: '1' }), article({ rank: 5 })]),
    );

    const updated = await run(
      articles.bulkUpdate(a, [
        { id: three!.id, changes: { rank: 6 } },
        { id: one!.id, changes: { rank: 1, createdAt: databaseTime } },
        { id: two!.id, changes: { price: null } },
        { id: three!.id, changes: {} },
        { id: one!.id.toUpperCase(), changes: { rank: 2 } },
      ]),
    );

    expect(updated.map(({ id, rank, price, version }) => [id, rank, price, version])).toEqual([
      [three!.id, 6, null, 2],
      [one!.id, 1, null, 2],
      [two!.id, 0, null, 2],
      [three!.id, 6, null, 2],
      [one!.id, 2, null, 3],
    ]);
  });

  it('updates none where one is missing, foreign or refused', async () => {
    const [one, two] = await run(articles.bulkCreate(a, [article({ title: 'one' }), article({ title: 'two' })]));
    const foreign = await run(articles.create(tenant('b'), article()));
    const good = { id: one!.id, changes: { rank: 9 } };

    await expect(run(articles.bulkUpdate(a, [good, { id: foreign.id, changes: { rank: 9 } }]))).rejects.toThrow(
      foreign.id,
    );
    await expect(run(articles.bulkUpdate(a, [good, { id: newId(), changes: {} }]))).rejects.toThrow(EntityNotFound);
    await expect(run(articles.bulkUpdate(a, [good, { id: two!.id, changes: { title: 'one' } }]))).rejects.toThrow(
      'This title is taken.',
    );
    await expect(run(articles.bulkUpdate(a, [good, { id: two!.id, changes: { tenant: 'b' } }]))).rejects.toMatchObject({
      name: 'OutsideScope',
    });
    expect(await run(articles.get(a, one!.id))).toMatchObject({ rank: 0 });
  });

  it('updates those that can be, and answers for every one', async () => {
    const [one, two, three] = await run(
      articles.bulkCreate(a, [article({ title: 'one' }), article({ title: 'two' }), article({ title: 'three' })]),
    );
    const missing = newId();

    const { successes, failures } = await run(
      articles.bulkUpdatePartial(a, [
        { id: one!.id, changes: { rank: 1 } },
        { id: missing, changes: { rank: 1 } },
        { id: two!.id, changes: { title: 'one' } },
        { id: three!.id, changes: { title: 'four' } },
        { id: two!.id, changes: { title: 'three' } },
      ]),
    );

    expect(successes.map(({ id, title }) => [id, title])).toEqual([
      [one!.id, 'one'],
      [three!.id, 'four'],
      [two!.id, 'three'],
    ]);
    expect(failures.map(({ index, error }) => [index, error.name])).toEqual([
      [1, 'EntityNotFound'],
      [2, 'EntityAlreadyExists'],
    ]);
  });

  it('purges those that nothing keeps, and answers for every one', async () => {
    const [one, two, three] = await run(articles.bulkCreate(a, [article(), article(), article()]));
    const foreign = await run(articles.create(tenant('b'), article()));
    await test.dataSource.query('CREATE TABLE keeps (article uuid REFERENCES articles)');
    await test.dataSource.query('INSERT INTO keeps VALUES ($1)', [two!.id]);

    const { successes, failures } = await run(
      articles.bulkPurgePartial(a, [one!.id, two!.id, foreign.id, three!.id, one!.id]),
    );
    await test.dataSource.query('DROP TABLE keeps');

    expect(successes.map(({ id }) => id)).toEqual([one!.id, three!.id]);
    expect(failures.map(({ index, error }) => [index, error.name])).toEqual([
      [1, 'ForeignKeyViolation'],
      [2, 'EntityNotFound'],
      [4, 'EntityNotFound'],
    ]);
    expect(await titles()).toHaveLength(2);
  });

  it('refuses what is no row, no list and no option', async () => {
    const none = undefined as never;

    await expect(run(articles.create(a, none))).rejects.toMatchObject({ name: 'InvalidInput', pointer: '/spec' });
    await expect(run(articles.bulkCreate(a, [article(), none]))).rejects.toMatchObject({ pointer: '/1' });
    // eslint-disable-next-line no-sparse-arrays -- as callers make them by mistake
    await expect(run(articles.bulkCreate(a, [article(), , article()] as never))).rejects.toMatchObject({
      pointer: '/1',
    });
    expect((await run(articles.bulkCreatePartial(a, [article(), none]))).failures).toMatchObject([{ index: 1 }]);
    for (const items of [undefined, null, 'ab', {}]) {
      await expect(run(articles.bulkCreate(a, items as never))).rejects.toBeInstanceOf(Misuse);
    }
    expect(() => articles.bulkUpsert(a, new Set([article()]) as never)).toThrow(Misuse);
    expect(() => articles.bulkCreate(a, [], { returning: 'rows' as never })).toThrow(Misuse);
  });

  it('does nothing for nothing', async () => {
    expect(await run(articles.bulkCreate(a, []))).toEqual([]);
    expect(await run(articles.bulkCreate(a, [], { returning: 'count' }))).toEqual({ count: 0 });
    expect(await run(articles.bulkCreatePartial(a, []))).toEqual({ successes: [], failures: [] });
    expect(await run(articles.bulkUpdate(a, []))).toEqual([]);
    expect(await run(articles.bulkUpsert(a, []))).toEqual({ inserted: 0, updated: 0 });
    expect(await run(articles.bulkPurgePartial(a, []))).toEqual({ successes: [], failures: [] });
  });
});
