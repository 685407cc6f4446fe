import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { CheckViolation, type CreatorSpec, newId, UniqueViolation } from '../../src/index.js';
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
});
