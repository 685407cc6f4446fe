import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { type CreatorSpec, type DatabaseError, newId, UniqueViolation } from '../../src/index.js';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface StaffRow {
  readonly id: string;
  readonly code: string | null;
  readonly superior: string | null;
  readonly deputyOf: string | null;
  readonly note: string | null;
}

const Staff = new EntitySchema<StaffRow>({
  name: 'Staff',
  columns: {
    id: { type: 'uuid', primary: true },
    code: { type: 'text', nullable: true, unique: true },
    superior: { type: 'uuid', nullable: true },
    deputyOf: { type: 'text', nullable: true, name: 'deputy_of' },
    note: { type: 'text', nullable: true },
  },
});

/** A table whose key comes from a sequence that the column does not own. */
interface CounterRow {
  readonly id: number;
  readonly name: string;
}

const Counter = new EntitySchema<CounterRow>({
  name: 'Counter',
  synchronize: false,
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    name: { type: 'text' },
  },
});

const staff = operationsOf<StaffRow>(Staff);
const counters = operationsOf<CounterRow, number>(Counter);
const all = unscoped('a test');

describe.each(bothPools)('the rows of a bulk %s', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([Staff, Counter], pool);
    await test.dataSource.query(
      'ALTER TABLE staff ADD FOREIGN KEY (superior) REFERENCES staff, ' +
        'ADD FOREIGN KEY (deputy_of) REFERENCES staff (code)',
    );
  });
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE staff'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const spec = (values: Partial<StaffRow>): CreatorSpec<StaffRow> => ({ values: { id: newId(), ...values } });

  it('may refer to those before them, whatever columns they give', async () => {
    const root = await run(staff.create(all, spec({})));
    const [one, two, three, four] = [newId(), newId(), newId(), newId()];
    const rows = [
      spec({ superior: root.id }),
      spec({ id: one }),
      spec({ superior: one.toUpperCase() }),
      spec({ id: two, note: 'n', code: 'two' }),
      spec({ id: three, deputyOf: 'two' }),
      spec({ id: four, superior: three }),
      spec({ superior: four, deputyOf: 'two' }),
      spec({ deputyOf: 'two' }),
    ];

    const created = await run(staff.bulkCreate(all, rows));

    expect(created.map(({ id }) => id)).toEqual(rows.map(({ values }) => values.id));
  });

  it('meet the domain errors that their specs agree upon, and else those of the definition', async () => {
    const taken = await run(staff.create(all, spec({ code: 'taken' })));
    const checked = (code: string, message: string): CreatorSpec<StaffRow> => ({
      ...spec({ code }),
      integrityErrorChecks: [{ violation: UniqueViolation, error: () => new EntityAlreadyExists('staff', message) }],
    });
    const [free, other] = [checked('free', 'Of the first.'), checked('taken', 'Of the second.')];
    const same = { ...other, integrityErrorChecks: free.integrityErrorChecks! };

    await expect(run(staff.bulkCreate(all, [free, other]))).rejects.toBeInstanceOf(UniqueViolation);
    await expect(run(staff.bulkCreate(all, [free, same, spec({})]))).rejects.toThrow('Of the first.');
    await expect(run(staff.bulkCreate(all, [other]))).rejects.toThrow('Of the second.');
    await run(staff.bulkCreate(all, [free, spec({ id: newId(), code: 'third' })]));
    const updates = (one: CreatorSpec<StaffRow>, two: CreatorSpec<StaffRow>) => [
      { id: free.values.id!, changes: { note: 'x' }, integrityErrorChecks: one.integrityErrorChecks! },
      { id: taken.id, changes: { code: 'free' }, integrityErrorChecks: two.integrityErrorChecks! },
    ];
    await expect(run(staff.bulkUpdate(all, updates(free, other)))).rejects.toBeInstanceOf(UniqueViolation);
    await expect(run(staff.bulkUpdate(all, updates(free, same)))).rejects.toThrow('Of the first.');
    const { failures } = await run(staff.bulkCreatePartial(all, [checked('new', 'Of the first.'), other]));
    expect(failures).toMatchObject([{ index: 1, error: { message: 'Of the second.' } }]);
  });

  it('have keys of a sequence that their column does not own', async () => {
    const { dataSource } = test;
    await dataSource.query('DROP TABLE IF EXISTS counter; DROP SEQUENCE IF EXISTS "Shared\'s"');
    await dataSource.query(`CREATE SEQUENCE "Shared's" START 7`);
    await dataSource.query(
      `CREATE TABLE counter (id int PRIMARY KEY DEFAULT nextval('"Shared''s"'), name text NOT NULL)`,
    );
    const values = ['a', 'b', 'c'].map((name) => ({ values: { name } }));

    expect(await run(counters.bulkCreate(all, values))).toEqual([
      { id: 7, name: 'a' },
      { id: 8, name: 'b' },
      { id: 9, name: 'c' },
    ]);
    expect(await run(counters.create(all, values[0]!))).toEqual({ id: 10, name: 'a' });
    expect(await run(counters.bulkCreate(all, values, { returning: 'count' }))).toEqual({ count: 3 });

    await dataSource.query('ALTER TABLE counter ALTER id SET DEFAULT (random() * 1e9)::int');
    await expect(run(counters.bulkCreate(all, values))).rejects.toMatchObject({
      name: 'Misuse',
      message: expect.stringContaining('Counter.id'),
    });
    await expect(run(counters.bulkCreatePartial(all, values))).rejects.toMatchObject({ name: 'Misuse' });
  });

  describe('of which some are refused', () => {
    const refuse = async (when: string, what: string): Promise<void> => {
      await test.dataSource.query(
        `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN IF ${when} THEN ${what}; END IF; RETURN NEW; END $$`,
      );
      await test.dataSource.query(
        'CREATE OR REPLACE TRIGGER refuse BEFORE INSERT OR UPDATE ON staff FOR EACH ROW EXECUTE FUNCTION refuse()',
      );
    };
    const allow = () => test.dataSource.query('DROP TRIGGER IF EXISTS refuse ON staff');
    beforeEach(allow);
    afterAll(allow);

    it.each(['data', 'count'] as const)(
      'without a word, a bulk that returns %s says so and stores nothing, unless it was committed in the same trip',
      async (returning) => {
        await refuse(`NEW.note = 'bad'`, 'RETURN NULL');
        const specs = ['one', 'bad'].map((note) => spec({ note }));
        const before = await run(staff.count(all, {}));

        const failure = run(staff.bulkCreate(all, specs, { returning }));

        await expect(failure).rejects.toMatchObject({ name: 'Misuse', outcome: 'not-committed' });
        expect(await run(staff.count(all, {}))).toBe(before);
        const atOnce = run(staff.bulkCreate(all, specs, { returning }), { commit: 'one-trip' });
        await expect(atOnce).rejects.toMatchObject({ name: 'UnreadableAnswer', outcome: 'committed' });
        expect(await run(staff.count(all, {}))).toBe(before + 1);
      },
    );

    it.each([
      ['a trigger', `RAISE EXCEPTION 'no'`, 'P0001'],
      ['a policy', `RAISE EXCEPTION 'no' USING ERRCODE = '42501'`, '42501'],
      ['an index that holds no such text', `RAISE EXCEPTION 'no' USING ERRCODE = '54000'`, '54000'],
      ['a domain of their own', `RAISE EXCEPTION 'no' USING ERRCODE = 'TEN01'`, 'TEN01'],
    ])('by %s, the others are stored', async (_name, what, state) => {
      await refuse(`NEW.note = 'bad'`, what);
      const notes = ['one', 'bad', 'two', 'three', 'bad'];

      const { successes, failures } = await run(
        staff.bulkCreatePartial(
          all,
          notes.map((note) => spec({ note })),
        ),
      );

      expect(successes.map(({ note }) => note)).toEqual(['one', 'two', 'three']);
      expect(failures.map(({ index, error }) => [index, (error as DatabaseError).sqlState])).toEqual([
        [1, state],
        [4, state],
      ]);
    });

    it.each([
      ['a table that is gone', 'PERFORM * FROM gone', '42P01'],
      ['a column that is gone', 'PERFORM gone FROM staff', '42703'],
      ['a table that is not granted', 'SET LOCAL ROLE pg_monitor; PERFORM * FROM staff', '42501'],
      ['a server without memory', `RAISE EXCEPTION 'no' USING ERRCODE = '53200'`, '53200'],
      ['a collision', `RAISE EXCEPTION 'no' USING ERRCODE = '40001'`, '40001'],
    ])('not by %s: that is thrown, and nothing is stored', async (_name, what, sqlState) => {
      await refuse(`NEW.note = 'bad'`, what);
      const specs = [spec({ note: 'one' }), spec({ note: 'bad' })];

      await expect(run(staff.bulkCreatePartial(all, specs))).rejects.toMatchObject({ sqlState });
      expect(await run(staff.count(all, {}))).toBe(0);
    });
  });
});
