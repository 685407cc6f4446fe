import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { DataSource, EntitySchema } from 'typeorm';
import { type CreatorSpec, Database, guardedPool, newId } from '../../src/index.js';
import { guardedDatabase, type GuardedDatabase } from '../fixture/guarded-database.js';
import { insertionsInto } from '../fixture/insertions-into.js';
import { operationsOf } from '../fixture/operations-of.js';
import { type PgBouncer, pgBouncerIsFound, startPgBouncer } from '../fixture/pgbouncer.js';
import { testServer } from '../fixture/test-database.js';

interface EntryRow {
  readonly id: string;
  readonly owner: string;
  readonly code: string;
}

const EntryRow = new EntitySchema<EntryRow>({
  name: 'Entry',
  tableName: 'entries',
  synchronize: false,
  columns: { id: { type: 'uuid', primary: true }, owner: { type: 'text' }, code: { type: 'uuid' } },
});

const entries = operationsOf<EntryRow>(EntryRow);
const all = unscoped('a test');
const CODE = 'AAAAAAAA-0000-4000-8000-00000000000A';
const COUNT = 2_100;

describe('many rows that are only counted', () => {
  let test: GuardedDatabase;
  let dataSource: DataSource;
  let database: Database;
  let ways: Awaited<ReturnType<typeof insertionsInto>>;

  beforeAll(async () => {
    // Its role owns no table of these, and policies apply to it.
    test = await guardedDatabase();
    dataSource = await new DataSource({
      type: 'postgres',
      url: test.url,
      entities: [EntryRow],
      ...guardedPool({ max: 2 }),
    }).initialize();
    database = new Database(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await test.close();
  });
  beforeEach(async () => {
    const sql = (text: string): Promise<readonly unknown[]> => test.asSuperuser(text);
    await sql('DROP TABLE IF EXISTS entries, ways CASCADE');
    await sql('CREATE TABLE entries (id uuid PRIMARY KEY, owner text NOT NULL, code uuid NOT NULL)');
    await sql(`CREATE POLICY most ON entries USING (true) WITH CHECK (owner <> 'nobody')`);
    ways = await insertionsInto('entries', sql);
    await sql(`GRANT INSERT ON entries TO ${test.role}`);
  });

  const rows = (count = COUNT, owner = 'x'): CreatorSpec<EntryRow>[] =>
    Array.from({ length: count }, () => ({ values: { id: newId(), owner, code: CODE } }));
  const creation = (owner?: string) => entries.bulkCreate(all, rows(COUNT, owner), { returning: 'count' });
  const stored = async (): Promise<readonly unknown[]> =>
    test.asSuperuser('SELECT count(*)::int AS count, lower(min(code::text)) = min(code::text) AS lower FROM entries');
  const inStatements = ['WITH', 'WITH', 'WITH'];
  const inCopies = ['COPY', 'COPY', 'COPY'];

  it('are copied by a role that may do nothing but insert', async () => {
    await database.execute(creation());

    expect(await ways.taken()).toEqual(inCopies);
    expect(await stored()).toEqual([{ count: COUNT, lower: true }]);
  });

  it('go in statements under row-level security that the entity knows nothing of, and policies hold', async () => {
    await test.asSuperuser('ALTER TABLE entries ENABLE ROW LEVEL SECURITY');

    await database.execute(creation());
    await expect(database.execute(creation('nobody'))).rejects.toMatchObject({ sqlState: '42501' });

    expect(await stored()).toEqual([{ count: COUNT, lower: true }]);
    expect(new Set(await ways.taken())).toEqual(new Set(['WITH']));
  });

  it('go in statements, none of them twice, where row-level security comes between the question and COPY', async () => {
    const spec = creation();
    if (!('unit' in spec)) throw new Error('one statement');
    let asked = 0;
    const interrupted: typeof spec = {
      ...spec,
      unit: (unit) =>
        spec.unit({
          isolation: unit.isolation,
          copy: (copied) => unit.copy(copied),
          savepoint: (work) => unit.savepoint(work),
          waitFor: (other) => unit.waitFor(other),
          execute: async (each) => {
            const done = await unit.execute(each);
            if (asked++ === 0) {
              expect(done).toBe(true);
              // Nothing but the catalog was looked at, so that no lock is in the way.
              await test.asSuperuser('ALTER TABLE entries ENABLE ROW LEVEL SECURITY');
            }
            return done;
          },
        }),
    };

    expect(await database.execute(interrupted)).toEqual({ count: COUNT });

    expect(await stored()).toEqual([{ count: COUNT, lower: true }]);
    expect(await ways.taken()).toEqual(inStatements);
  });

  it.each([
    ['a column is of another type than the entity says', 'ALTER TABLE entries ALTER code TYPE text'],
    ['a rule says what an INSERT does', 'CREATE RULE log AS ON INSERT TO entries DO ALSO NOTHING'],
  ])('go in statements where %s', async (_, sql) => {
    await test.asSuperuser(sql);

    await database.execute(creation());

    expect(await stored()).toEqual([{ count: COUNT, lower: true }]);
    expect(await ways.taken()).toEqual(inStatements);
  });

  it('go into a table that is divided, and into one whose types are domains, by COPY', async () => {
    await test.asSuperuser('DROP TABLE entries');
    await test.asSuperuser('CREATE DOMAIN owner AS text');
    await test.asSuperuser(
      'CREATE TABLE entries (id uuid NOT NULL, owner owner, code uuid NOT NULL) PARTITION BY HASH (id)',
    );
    await test.asSuperuser('CREATE TABLE the_first PARTITION OF entries FOR VALUES WITH (MODULUS 1, REMAINDER 0)');
    await test.asSuperuser(`GRANT INSERT ON entries TO ${test.role}`);
    await test.asSuperuser('CREATE TRIGGER note_way AFTER INSERT ON entries EXECUTE FUNCTION note_way()');

    await database.execute(creation());

    expect(await ways.taken()).toEqual(inCopies);
    expect(await stored()).toEqual([{ count: COUNT, lower: true }]);
  });

  if (!pgBouncerIsFound) process.stderr.write('Left out: COPY through PgBouncer, which is not installed.\n');
  (pgBouncerIsFound ? describe : describe.skip)('through PgBouncer in transaction mode', () => {
    let pooler: PgBouncer;
    let pooled: DataSource;
    beforeAll(async () => {
      // Of the user that it knows.
      const url = new URL(testServer());
      url.pathname = new URL(test.url).pathname;
      pooler = await startPgBouncer(url.href, 1);
      pooled = await new DataSource({
        type: 'postgres',
        url: pooler.url,
        entities: [EntryRow],
        ...guardedPool({ max: 2 }),
      }).initialize();
    });
    afterAll(async () => {
      await pooled.destroy();
      await pooler.close();
    });

    it('are copied, by two callers at once and behind a client who has set the server otherwise', async () => {
      const stranger = await new DataSource({ type: 'postgres', url: pooler.url, extra: { max: 1 } }).initialize();
      const through = new Database(pooled, { preparedStatements: false });
      await stranger.query(`SET client_encoding = 'LATIN1'`);
      await stranger.query(`SET DateStyle = 'German'`);

      const both = [1, 2].map(() =>
        through.execute(entries.bulkCreate(all, rows(COUNT, 'größer €'), { returning: 'count' })),
      );

      expect(await Promise.all(both)).toEqual([{ count: COUNT }, { count: COUNT }]);
      expect(await ways.taken()).toEqual([...inCopies, ...inCopies]);
      const owners = await test.asSuperuser('SELECT owner, count(*)::int AS count FROM entries GROUP BY owner');
      expect(owners).toEqual([{ owner: 'größer €', count: 2 * COUNT }]);
      await stranger.destroy();
    });
  });
});
