import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound, Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { entityOperations, guardedPool, removeOutdated, type Retention } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const HOUR = 3_600_000;
const retention: Retention<ArticleRow> = {
  name: 'old articles',
  operations: articles,
  scope: a,
  column: 'createdAt',
  keepMs: 24 * HOUR,
  batchSize: 2,
};

describe('removeOutdated', () => {
  let test: TestDatabase;

  beforeEach(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 4 }));
    const rows = Array.from({ length: 7 }, (_, i) => article({ rank: i }));
    await test.database.execute(articles.bulkCreate(a, rows));
    await test.database.execute(articles.create(tenant('b'), article({ rank: 99 })));
    await test.dataSource.query(`UPDATE articles SET created_at = now() - interval '25 hours' WHERE rank <> 3`);
  });
  afterEach(() => test.close());

  const left = async (): Promise<number[]> => {
    const rows = await test.dataSource.query<{ rank: number }[]>('SELECT rank FROM articles ORDER BY rank');
    return rows.map(({ rank }) => rank);
  };

  it('removes what is older than it is kept, within the scope, in transactions of a batch each', async () => {
    const transactions = async (): Promise<number> => {
      const [row] = await test.dataSource.query<{ count: number }[]>(
        `SELECT count(DISTINCT xid)::int AS count FROM removed`,
      );
      return row!.count;
    };
    await test.dataSource.query('CREATE TABLE removed (xid xid8)');
    await test.dataSource.query(`CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN INSERT INTO removed VALUES (pg_current_xact_id()); RETURN NULL; END'`);
    await test.dataSource.query('CREATE TRIGGER note AFTER DELETE ON articles FOR EACH ROW EXECUTE FUNCTION note()');

    expect(await removeOutdated(test.database, retention)).toEqual({ count: 6 });

    expect(await left()).toEqual([3, 99]);
    expect(await transactions()).toBe(3);
    expect(await removeOutdated(test.database, retention)).toEqual({ count: 0 });
  });

  it('removes only what a condition says', async () => {
    const condition = { rank: { gte: 5 } };

    expect(await removeOutdated(test.database, { ...retention, condition })).toEqual({ count: 2 });
    expect(await left()).toEqual([0, 1, 2, 3, 4, 99]);
  });

  it('leaves it to another runner that is at it', async () => {
    await test.database.withAdvisoryLock('old articles', async () => {
      expect(await removeOutdated(test.database, retention)).toBeNull();
    });
    expect(await left()).toHaveLength(8);
  });

  it('ends between two batches when it is told to, and keeps what it has done', async () => {
    const given = new AbortController();
    const operations: typeof articles = {
      ...articles,
      batchPurge: (...args) => {
        const spec = articles.batchPurge(...args);
        if (!('series' in spec)) throw new Error('one transaction');
        let batches = 0;
        return Object.freeze({
          ...spec,
          series: (execute: Parameters<typeof spec.series>[0]) =>
            spec.series((each) => {
              if (++batches === 3) given.abort(new Error('enough'));
              return execute(each);
            }),
        });
      },
    };

    await expect(removeOutdated(test.database, { ...retention, operations }, { signal: given.signal })).rejects.toThrow(
      'enough',
    );

    expect(await left()).toHaveLength(4);
  });

  describe('by a column that has no time zone', () => {
    interface NoteRow {
      readonly id: number;
      readonly at: Date;
      readonly name: string;
    }
    const NoteRow = new EntitySchema<NoteRow>({
      name: 'Note',
      tableName: 'notes',
      columns: { id: { type: 'int', primary: true }, at: { type: 'timestamp' }, name: { type: 'text' } },
    });
    const notes = entityOperations<NoteRow, NoteRow, number>({
      entity: NoteRow,
      toData: (row) => ({ ...row }),
      notFound: () => new EntityNotFound('note'),
      alreadyExists: () => new EntityAlreadyExists('note'),
    });
    const kept: Retention<NoteRow> = {
      name: 'old notes',
      operations: notes,
      scope: unscoped('a test'),
      column: 'at',
      keepMs: 8 * HOUR,
    };
    let own: TestDatabase;

    beforeEach(async () => {
      own = await testDatabase([NoteRow], guardedPool({ max: 4 }));
      await own.dataSource.query(`INSERT INTO notes VALUES
        (1, now() AT TIME ZONE 'Asia/Tokyo' - interval '2 hours', 'young'),
        (2, now() AT TIME ZONE 'Asia/Tokyo' - interval '9 hours', 'old')`);
    });
    afterEach(() => own.close());

    it('removes what is old in the zone that is said, and refuses to guess it', async () => {
      await expect(removeOutdated(own.database, kept)).rejects.toThrow('timeZone');
      expect(await removeOutdated(own.database, { ...kept, timeZone: 'America/New_York' })).toEqual({ count: 0 });
      expect(await removeOutdated(own.database, { ...kept, timeZone: 'Asia/Tokyo' })).toEqual({ count: 1 });
      expect(await own.dataSource.query('SELECT id FROM notes')).toEqual([{ id: 1 }]);
    });

    it('refuses one that holds no time', async () => {
      await expect(removeOutdated(own.database, { ...kept, column: 'name' })).rejects.toBeInstanceOf(Misuse);
    });
  });

  it('refuses to keep nothing', async () => {
    for (const keepMs of [0, -1, NaN, Infinity]) {
      await expect(removeOutdated(test.database, { ...retention, keepMs })).rejects.toBeInstanceOf(Misuse);
    }
  });
});
