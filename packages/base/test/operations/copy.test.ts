import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityNotFound, Misuse } from '@holdfast/errors';
import { searchScope, unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import {
  type CreatorSpec,
  DeadlineExceeded,
  entityOperations,
  ForeignKeyViolation,
  guardedPool,
  InvalidData,
  newId,
  OperationAlreadyDone,
  operationKey,
  operationKeyMigrations,
  UniqueViolation,
} from '../../src/index.js';
import { allGivenBack } from '../fixture/all-given-back.js';
import { insertionsInto } from '../fixture/insertions-into.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface BoltRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly size: number;
  readonly box: string | null;
}

const BoltRow = new EntitySchema<BoltRow>({
  name: 'Bolt',
  tableName: 'bolts',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    name: { type: 'varchar', length: 12, unique: true },
    size: { type: 'int', default: 7 },
    box: { type: 'uuid', nullable: true },
  },
});

const bolts = operationsOf<BoltRow>(BoltRow);

/** Rows whose key is a sequence's. */
interface NutRow {
  readonly id: number;
  readonly name: string;
}
const NutRow = new EntitySchema<NutRow>({
  name: 'Nut',
  tableName: 'nuts',
  columns: { id: { type: 'int', primary: true, generated: 'increment' }, name: { type: 'text' } },
});
const nuts = operationsOf<NutRow, number>(NutRow);

const all = unscoped('a test');
const a = searchScope<BoltRow>({ name: 'tenant', equals: { tenant: 'a' } });
const counting = { returning: 'count' } as const;
const MANY = 3_000;
/** Among those of the second COPY. */
const LATE = 1_500;

describe.each([
  ['the guarded pool', guardedPool({ max: 3 })],
  ['a stock pool', { extra: { max: 3 } }],
])('many rows that are only counted, over %s', (_name, pool) => {
  let test: TestDatabase;
  let ways: Awaited<ReturnType<typeof insertionsInto>>;

  beforeAll(async () => {
    test = await testDatabase([BoltRow, NutRow], pool);
    await test.dataSource.query('ALTER TABLE bolts ADD FOREIGN KEY (box) REFERENCES bolts');
    ways = await insertionsInto('bolts', (sql) => test.dataSource.query(sql));
    await test.dataSource.query(
      // That row waits for whoever holds the lock, with `wait`.
      `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.name = 'wait' THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NEW; END $$`,
    );
    await test.dataSource.query('CREATE TRIGGER wait BEFORE INSERT ON bolts FOR EACH ROW EXECUTE FUNCTION wait()');
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE bolts');
    await ways.taken();
  });

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const some = (count: number, late: Partial<BoltRow> = {}): CreatorSpec<BoltRow>[] =>
    Array.from({ length: count }, (_, i) => {
      const odd = i === LATE ? late : {};
      return { values: { id: newId(), name: `b${i}`, box: null, ...odd } };
    });
  const stored = async (): Promise<number> =>
    Number((await test.dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM bolts'))[0]!.n);

  it('are copied if they are more than a statement takes and all give the same', async () => {
    expect(await run(bolts.bulkCreate(a, some(MANY), counting))).toEqual({ count: MANY });
    expect(await ways.taken()).toEqual(['COPY', 'COPY', 'COPY']);
    expect(await test.dataSource.query('SELECT DISTINCT tenant, size FROM bolts')).toEqual([{ tenant: 'a', size: 7 }]);

    await test.dataSource.query('TRUNCATE bolts');
    expect(await run(bolts.bulkCreate(a, new Set(some(1_001)), counting))).toEqual({ count: 1_001 });
    expect(await ways.taken()).toEqual(['COPY', 'COPY']);

    await test.dataSource.query('TRUNCATE bolts');
    expect(await run(bolts.bulkCreate(a, new Set(some(1_000)), counting))).toEqual({ count: 1_000 });
    expect(await ways.taken()).toEqual(['WITH']);

    await test.dataSource.query('TRUNCATE bolts');
    expect(await run(bolts.bulkCreate(a, some(1_000), counting))).toEqual({ count: 1_000 });
    expect(await ways.taken()).toEqual(['WITH']);

    await test.dataSource.query('TRUNCATE bolts');
    expect(await run(bolts.bulkCreate(a, some(1_500)))).toHaveLength(1_500);
    expect(await ways.taken()).toEqual(['WITH', 'WITH']);
  });

  it('go in statements where they do not all give the same, and may then be copied again', async () => {
    const rows = some(MANY);
    rows[LATE] = { values: { name: 'sized', size: 9 } };

    expect(await run(bolts.bulkCreate(a, rows, counting))).toEqual({ count: MANY });

    // Of the rows in the middle, one gives other columns.
    expect(await ways.taken()).toEqual(['COPY', 'WITH', 'WITH', 'COPY']);
    expect(await stored()).toBe(MANY);
  });

  it('go in a statement where they are the last, and none before them were copied', async () => {
    const rows = some(1_001);
    rows[7] = { values: { name: 'sized', size: 9 } };

    expect(await run(bolts.bulkCreate(a, rows, counting))).toEqual({ count: 1_001 });

    expect(await ways.taken()).toEqual(['WITH', 'WITH', 'WITH']);
    expect(await stored()).toBe(1_001);
  });

  it('have keys of a sequence, and what is the same for all of them', async () => {
    const rows = Array.from({ length: 1_200 }, () => ({ values: { name: 'n' } }));

    expect(await run(nuts.bulkCreate(all, rows, counting))).toEqual({ count: 1_200 });

    const [{ n }] = (await test.dataSource.query('SELECT count(DISTINCT id)::int AS n FROM nuts')) as [{ n: number }];
    expect(n).toBe(1_200);
  });

  it('fail as they fail in statements, and none of them is stored', async () => {
    const taken = some(1)[0]!;
    const noBox = some(MANY, { box: newId() });
    const named = entityOperations<BoltRow, BoltRow, string>({
      entity: BoltRow,
      toData: (row) => row,
      notFound: () => new EntityNotFound('bolt'),
      alreadyExists: () => new EntityNotFound('bolt', 'It is there.'),
      integrityErrorChecks: [
        { violation: UniqueViolation, error: () => new EntityNotFound('bolt', 'The name is taken.') },
      ],
    });
    const failing: readonly (readonly [CreatorSpec<BoltRow>[], object])[] = [
      [some(MANY, { name: 'b3' }), { name: 'EntityNotFound', message: 'The name is taken.' }],
      [noBox, { name: ForeignKeyViolation.name, sqlState: '23503' }],
      [some(MANY, { name: 'x'.repeat(13) }), { name: InvalidData.name, sqlState: '22001' }],
      [some(MANY, { size: 1.5 }), { name: 'InvalidInput', pointer: `/${LATE}/size` }],
      [some(MANY, { name: null as never }), { name: 'NotNullViolation', column: 'name' }],
      [some(MANY, { tenant: 'b' }), { name: 'OutsideScope' }],
      [some(MANY, { color: 'red' } as never), { name: 'InvalidInput', pointer: `/${LATE}/color` }],
    ];
    for (const [rows, error] of failing) {
      await expect(run(named.bulkCreate(a, rows, counting))).rejects.toMatchObject(error);
      expect(await stored()).toBe(0);
    }
    await run(bolts.create(a, taken));
    const again = some(MANY, { id: taken.values.id!, name: 'again' }).slice(1);
    await expect(run(bolts.bulkCreate(a, again, counting))).rejects.toMatchObject({ name: 'EntityAlreadyExists' });
    expect(await stored()).toBe(1);
  });

  it('are undone within a dbSession, which goes on', async () => {
    await test.database.beginSession(async (dbSession) => {
      const failing = dbSession.execute(bolts.bulkCreate(a, some(MANY, { name: 'b3' }), counting));
      await expect(failing).rejects.toMatchObject({ name: 'UniqueViolation' });
      await dbSession.execute(bolts.bulkCreate(a, some(1_100), counting));
    });

    expect(await stored()).toBe(1_100);
  });

  it('are stored once for one operation key', async () => {
    await test.database.migrate(operationKeyMigrations);
    const rows = some(1_500);
    const options = { operationKey: operationKey('the one') };

    expect(await run(bolts.bulkCreate(a, rows, counting), options)).toEqual({ count: 1_500 });
    await expect(run(bolts.bulkCreate(a, rows, counting), options)).rejects.toBeInstanceOf(OperationAlreadyDone);

    expect(await stored()).toBe(1_500);
  });

  it('are refused where a trigger makes others of them', async () => {
    await test.dataSource.query(
      `CREATE FUNCTION leave_out() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RETURN CASE WHEN NEW.name = 'b7' THEN NULL ELSE NEW END; END $$`,
    );
    await test.dataSource.query('CREATE TRIGGER one BEFORE INSERT ON bolts FOR EACH ROW EXECUTE FUNCTION leave_out()');

    await expect(run(bolts.bulkCreate(a, some(MANY), counting))).rejects.toBeInstanceOf(Misuse);
    await test.dataSource.query('DROP TRIGGER one ON bolts');
    expect(await stored()).toBe(0);
  });

  it('leave nothing behind of a source that throws', async () => {
    async function* source(): AsyncGenerator<CreatorSpec<BoltRow>> {
      yield* some(MANY);
      await Promise.resolve();
      throw new Error('no more');
    }

    await expect(run(bolts.bulkCreate(a, source(), counting))).rejects.toThrow('no more');
    expect(await ways.taken()).toEqual([]);
    expect(await stored()).toBe(0);
  });

  describe('while a row of the second COPY is held up', () => {
    const held = async (
      end: (waiting: string) => Promise<void>,
      options: Parameters<typeof run>[1] = {},
    ): Promise<unknown> => {
      const holder = test.dataSource.createQueryRunner();
      await holder.query('SELECT pg_advisory_lock(1)');
      let isOver = false;
      const creating = run(bolts.bulkCreate(a, some(MANY, { name: 'wait' }), counting), options)
        .catch((error: unknown) => error)
        .finally(() => (isOver = true));
      while (!isOver) {
        const [found] = (await holder.query(
          `SELECT pid::text FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )) as { pid: string }[];
        if (found === undefined) continue;
        await end(found.pid);
        break;
      }
      const ended = await creating;
      await holder.query('SELECT pg_advisory_unlock(1)');
      await holder.release();
      return ended;
    };

    it('an abort cancels it at the server, and nothing is stored', async () => {
      const given = new AbortController();

      const ended = await held(async () => given.abort(new Error('enough')), { signal: given.signal });

      expect(ended).toMatchObject({ message: 'enough' });
      expect(await stored()).toBe(0);
      await allGivenBack(test.database);
    });

    it('a deadline does so, too', async () => {
      const ended = await held(async () => {}, { deadlineMs: 3_000 });

      expect(ended).toBeInstanceOf(DeadlineExceeded);
      expect(await stored()).toBe(0);
    });

    it('a connection that is killed is lost, and nothing is stored', async () => {
      const ended = await held(async (pid) => {
        await test.dataSource.query('SELECT pg_terminate_backend($1)', [pid]);
      });

      expect(ended).toMatchObject({ name: 'ConnectionLost', outcome: 'not-committed' });
      expect(await stored()).toBe(0);
      expect(await run(bolts.bulkCreate(a, some(1_100), counting))).toEqual({ count: 1_100 });
    });
  });
});
