import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityNotFound, errorCode, HoldfastError, Misuse } from '@holdfast/errors';
import { unscoped, where } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import {
  type ConflictCheck,
  Database,
  DeadlineExceeded,
  entityOperations,
  everyRow,
  guardedPool,
} from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { gate } from '../fixture/gate.js';
import { SteppingClock } from '../fixture/stepping-clock.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

/** A row that refers to an article by no foreign key, and whose key has two columns. */
interface QuoteRow {
  readonly article: string;
  readonly line: number;
  readonly deletedAt: Date | null;
}

const QuoteRow = new EntitySchema<QuoteRow>({
  name: 'Quote',
  tableName: 'quotes',
  columns: {
    article: { type: 'uuid', primary: true },
    line: { type: 'int', primary: true },
    deletedAt: { type: 'timestamptz', name: 'deleted_at', deleteDate: true, nullable: true },
  },
});

class Quoted extends HoldfastError {
  constructor() {
    super({ code: errorCode('article', 'purge', 'conflict'), message: 'It is quoted.', httpStatus: 409 });
  }
}

class Cited extends Quoted {}

type Line = Pick<QuoteRow, 'article' | 'line'>;

const quotes = entityOperations<QuoteRow, QuoteRow, Line>({
  entity: QuoteRow,
  toData: (row) => ({ ...row }),
  notFound: () => new EntityNotFound('quote'),
  alreadyExists: () => new EntityNotFound('quote'),
  softDelete: 'deletedAt',
});

const all = unscoped('a test');

describe('purges', () => {
  let test: TestDatabase;
  const a = tenant('a');
  const quoted: ConflictCheck = {
    table: 'quotes',
    column: 'article',
    unlessMarked: 'deleted_at',
    error: () => new Quoted(),
  };

  beforeAll(async () => void (test = await testDatabase([ArticleRow, QuoteRow], guardedPool({ max: 4 }))));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles, quotes'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const left = async (): Promise<number> =>
    Number((await test.dataSource.query<[{ count: string }]>('SELECT count(*) FROM articles'))[0].count);
  const created = async (rows: number): Promise<readonly string[]> =>
    (
      await run(
        articles.bulkCreate(
          a,
          Array.from({ length: rows }, () => article()),
        ),
      )
    ).map(({ id }) => id);

  describe('with conflict checks', () => {
    it('are refused by the first check that is met, as declared, and then nothing goes', async () => {
      const [id] = await created(1);
      await run(quotes.create(all, { values: { article: id!, line: 1 } }));
      const cited: ConflictCheck = { ...quoted, error: () => new Cited() };

      await expect(run(articles.purge(a, id!, { conflictChecks: [quoted, cited] }))).rejects.toThrow(Quoted);
      await expect(run(articles.purge(a, id!, { conflictChecks: [cited, quoted] }))).rejects.toThrow(Cited);
      await expect(run(articles.batchPurge(a, everyRow('a test'), { conflictChecks: [quoted] }))).rejects.toThrow(
        Quoted,
      );
      expect(await left()).toBe(1);
    });

    it('go on where nobody refers to the row any more, or only what is deleted', async () => {
      const [id, other] = await created(2);
      await run(quotes.create(all, { values: { article: id!, line: 1 } }));
      await run(quotes.delete(all, { article: id!, line: 1 }));

      expect(await run(articles.purge(a, id!, { conflictChecks: [quoted] }))).toMatchObject({ id });
      expect(await run(articles.batchPurge(a, [other!], { conflictChecks: [quoted] }))).toEqual({ count: 1 });
    });

    it('count only rows whose column holds one of the values that they name, if they name any', async () => {
      const [id, other] = await created(2);
      await run(quotes.create(all, { values: { article: id!, line: 1 } }));
      await run(quotes.create(all, { values: { article: other!, line: 2 } }));
      const quotedFirst: ConflictCheck = { ...quoted, whose: { column: 'line', in: ['1', '3'] } };

      await expect(run(articles.purge(a, id!, { conflictChecks: [quotedFirst] }))).rejects.toThrow(Quoted);
      expect(await run(articles.purge(a, other!, { conflictChecks: [quotedFirst] }))).toMatchObject({ id: other });
      await expect(
        run(articles.batchPurge(a, [id!], { conflictChecks: [{ ...quoted, whose: { column: 'line', in: [] } }] })),
      ).rejects.toThrow(Misuse);
    });

    it('tell nothing of a row that is not in the scope', async () => {
      const [id] = await created(1);
      await run(quotes.create(all, { values: { article: id!, line: 1 } }));

      const foreign = run(articles.purge(tenant('b'), id!, { conflictChecks: [quoted] }));

      await expect(foreign).rejects.toBeInstanceOf(EntityNotFound);
      expect(await run(articles.batchPurge(tenant('b'), everyRow('a test'), { conflictChecks: [quoted] }))).toEqual({
        count: 0,
      });
    });

    it('keep out whoever locks the row before referring to it', async () => {
      const [id] = await created(1);
      const locked = gate();
      const waiting = gate();

      const quoting = test.database.beginSession(async (dbSession) => {
        await dbSession.execute(articles.get(a, id!, { lock: 'share' }));
        locked.open();
        await waiting.passed;
        await dbSession.execute(quotes.create(all, { values: { article: id!, line: 1 } }));
      });
      await locked.passed;
      const purged = run(articles.purge(a, id!, { conflictChecks: [quoted] })).catch((error: unknown) => error);
      await untilSomebodyWaits();
      waiting.open();
      await quoting;

      expect(await purged).toBeInstanceOf(Quoted);
      expect(await left()).toBe(1);
    });

    it('remove many only as far as they were locked and checked', async () => {
      const ids = (await created(3)).toSorted();
      const [first, , late] = ids;
      await run(articles.batchUpdate(a, ids.slice(0, 2), { changes: { rank: 7 } }));
      await run(quotes.create(all, { values: { article: late!, line: 1 } }));
      let checked = 0;
      const matchesLate: ConflictCheck = { ...quoted };
      const spec = articles.batchPurge(a, where<ArticleRow>({ rank: { eq: 7 } }), { conflictChecks: [matchesLate] });
      if (!('unit' in spec)) throw new Error('one statement');
      // After each of its statements the third row comes to match, for whoever looks again.
      const interrupted: typeof spec = {
        ...spec,
        unit: (unit) =>
          spec.unit({
            isolation: unit.isolation,
            savepoint: (work) => unit.savepoint(work),
            waitFor: (other) => unit.waitFor(other),
            copy: (rows) => unit.copy(rows),
            execute: async (each) => {
              const done = await unit.execute(each);
              if (++checked <= 2) {
                await run(articles.update(a, late!, { changes: { rank: checked === 2 ? 7 : 6 } }), { separate: true });
              }
              return done;
            },
          }),
      };

      expect(await run(interrupted)).toEqual({ count: 2 });
      expect(await run(articles.find(a, first!))).toBeNull();
      expect(await run(articles.find(a, late!))).toMatchObject({ rank: 7 });
    });

    it.each([1, 2, 3, 1_000])(
      'are asked for many in batches of %i, and nothing goes if one is met',
      async (batchSize) => {
        const ids = (await created(6)).toSorted();
        const options = { batchSize, conflictChecks: [quoted] };
        await run(quotes.create(all, { values: { article: ids[5]!, line: 1 } }));

        await expect(run(articles.batchPurge(a, everyRow('a test'), options))).rejects.toBeInstanceOf(Quoted);
        expect(await left()).toBe(6);
        await run(quotes.delete(all, { article: ids[5]!, line: 1 }));
        expect(await run(articles.batchPurge(a, everyRow('a test'), options))).toEqual({ count: 6 });
        const lines = Array.from({ length: 7 }, (_, line) => ({ values: { article: ids[0]!, line } }));
        await run(quotes.bulkCreate(all, lines));
        const none = { table: 'articles', column: 'id', references: 'article', error: () => new Quoted() };
        const unquoted = { batchSize, conflictChecks: [none] };
        const some = lines.slice(2).map(({ values }) => values);
        expect(await run(quotes.batchPurge(all, some, unquoted))).toEqual({ count: 5 });
      },
    );

    it.each(['repeatable read', 'serializable'] as const)(
      'are refused in a dbSession that is %s',
      async (isolation) => {
        const [id] = await created(1);
        const options = { conflictChecks: [quoted] };

        for (const spec of [articles.purge(a, id!, options), articles.batchPurge(a, [id!], options)]) {
          const purging = test.database.beginSession(
            async (dbSession) => void (await dbSession.execute<unknown>(spec)),
            {
              isolation,
            },
          );
          await expect(purging).rejects.toBeInstanceOf(Misuse);
        }
      },
    );

    async function untilSomebodyWaits(): Promise<void> {
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while ((await test.dataSource.query<unknown[]>(waiting)).length === 0);
    }
  });

  describe('in batches', () => {
    it.each([1, 7, 20, 21, 1_000])('of %i remove every row once', async (batchSize) => {
      await created(21);

      expect(await run(articles.batchPurge(a, everyRow('a test'), { batchSize }))).toEqual({ count: 21 });
      expect(await left()).toBe(0);
    });

    it('remove what ids or a condition name, and nothing else', async () => {
      const ids = await created(30);
      await run(articles.create(tenant('b'), article()));
      await run(articles.batchUpdate(a, ids.slice(0, 12), { changes: { rank: 1 } }));

      expect(await run(articles.batchPurge(a, ids.slice(10), { batchSize: 3 }))).toEqual({ count: 20 });
      expect(await run(articles.batchPurge(a, where<ArticleRow>({ rank: { eq: 1 } }), { batchSize: 4 }))).toEqual({
        count: 10,
      });
      expect(await left()).toBe(1);
    });

    it('go through keys of several columns in order', async () => {
      const [id] = await created(1);
      await run(
        quotes.bulkCreate(
          all,
          Array.from({ length: 25 }, (_, line) => ({ values: { article: id!, line } })),
        ),
      );

      const some = Array.from({ length: 10 }, (_, i) => ({ article: id!, line: 2 * i }));
      expect(await run(quotes.loadMany(all, [some[3]!, { article: id!, line: 99 }]))).toMatchObject([
        { line: 6 },
        null,
      ]);
      expect(await run(quotes.batchPurge(all, some, { batchSize: 3 }))).toEqual({ count: 10 });
      expect(await run(quotes.batchPurge(all, everyRow('a test'), { batchSize: 4 }))).toEqual({ count: 15 });
    });

    it.each([0, -1, 1.5, NaN])('of %p are refused', async (batchSize) => {
      expect(() => articles.batchPurge(a, everyRow('a test'), { batchSize })).toThrow(
        expect.objectContaining({ reason: 'INVALID_VALUE', pointer: '/batchSize' }),
      );
    });

    it('are one transaction, or one each: what is done stays done', async () => {
      const ids = (await created(10)).toSorted();
      // The last row in the order of the key cannot go.
      await test.dataSource.query('CREATE TABLE keeps (article uuid REFERENCES articles)');
      await test.dataSource.query('INSERT INTO keeps VALUES ($1)', [ids[9]]);

      const together = run(articles.batchPurge(a, everyRow('a test'), { batchSize: 3 }));
      await expect(together).rejects.toMatchObject({ name: 'ForeignKeyViolation' });
      expect(await left()).toBe(10);

      const apart = run(articles.batchPurge(a, everyRow('a test'), { batchSize: 3, transaction: 'each' }));
      await expect(apart).rejects.toMatchObject({ name: 'ForeignKeyViolation' });
      expect(await left()).toBe(1);
      await test.dataSource.query('DROP TABLE keeps');
    });

    it('of a transaction each share one deadline', async () => {
      await created(10);
      const clock = new SteppingClock();
      const database = new Database(test.dataSource, { clock });
      const spec = articles.batchPurge(a, everyRow('a test'), { batchSize: 1, transaction: 'each' });
      if (!('series' in spec)) throw new Error('one transaction');
      const slow: typeof spec = {
        ...spec,
        series: (execute) =>
          spec.series(async (each) => {
            const done = await execute(each);
            clock.pass(20_000);
            return done;
          }),
      };

      await expect(database.execute(slow, { deadlineMs: 60_000 })).rejects.toBeInstanceOf(DeadlineExceeded);

      expect(await left()).toBe(7);
    });

    it('of a transaction each are refused within a dbSession, which is one', async () => {
      const within = test.database.beginSession((dbSession) =>
        dbSession.execute(articles.batchPurge(a, everyRow('a test'), { batchSize: 3, transaction: 'each' })),
      );

      await expect(within).rejects.toBeInstanceOf(Misuse);
    });
  });
});
