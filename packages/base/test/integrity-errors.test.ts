import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound, errorCode, HoldfastError } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import {
  CheckViolation,
  entityOperations,
  ExclusionViolation,
  ForeignKeyViolation,
  type IntegrityErrorCheck,
  IntegrityViolation,
  NotNullViolation,
  UniqueViolation,
} from '../src/index.js';
import { bothPools } from './fixture/both-pools.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

interface SeatRow {
  readonly id: number;
  readonly row: string;
  readonly place: number;
  readonly behind: number | null;
}

/** A seat that violates a constraint of every kind, if it is asked to. */
const SeatRow = new EntitySchema<SeatRow>({
  name: 'Seat',
  tableName: 'seats',
  columns: {
    id: { type: 'int', primary: true, primaryKeyConstraintName: 'seats_key' },
    row: { type: 'text' },
    place: { type: 'int' },
    behind: { type: 'int', nullable: true },
  },
  uniques: [{ name: 'seats_once', columns: ['row', 'place'] }],
  checks: [{ name: 'seats_place', expression: 'place > 0' }],
  foreignKeys: [{ name: 'seats_behind', target: 'Seat', columnNames: ['behind'], referencedColumnNames: ['id'] }],
  exclusions: [{ name: 'seats_apart', expression: 'USING gist (int4range(id * 10, id * 10 + place) WITH &&)' }],
});

class Refused extends HoldfastError {
  constructor(message: string, cause?: unknown) {
    super({ code: errorCode('seat', 'create', 'conflict'), message, httpStatus: 409, cause });
  }
}

const seatsWith = (integrityErrorChecks: readonly IntegrityErrorCheck[]) =>
  entityOperations<SeatRow, SeatRow, number>({
    entity: SeatRow,
    toData: (row) => ({ ...row }),
    notFound: () => new EntityNotFound('seat'),
    alreadyExists: () => new EntityAlreadyExists('seat'),
    integrityErrorChecks,
  });

const all = unscoped('a test');
const seat = { id: 1, row: 'a', place: 1, behind: null };

describe.each(bothPools)('violations, %s,', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => void (test = await testDatabase([SeatRow], pool)));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE seats');
    await test.database.execute(seatsWith([]).create(all, { values: seat }));
  });

  const errorOf = async (checks: readonly IntegrityErrorCheck[], values: object): Promise<unknown> =>
    test.database
      .execute(seatsWith(checks).create(all, { values: values as SeatRow }))
      .catch((error: unknown) => error);

  const cases = [
    ['23505', UniqueViolation, 409, 'database_generic_already-exists', 'seats_once', { ...seat, id: 5 }],
    [
      '23503',
      ForeignKeyViolation,
      409,
      'database_generic_not-found',
      'seats_behind',
      { ...seat, id: 5, row: 'b', behind: 9 },
    ],
    ['23514', CheckViolation, 409, 'database_generic_conflict', 'seats_place', { ...seat, id: 5, row: 'b', place: -1 }],
    ['23502', NotNullViolation, 400, 'database_generic_bad-request', null, { ...seat, id: 5, row: null }],
    [
      '23P01',
      ExclusionViolation,
      409,
      'database_generic_conflict',
      'seats_apart',
      { ...seat, id: 0, row: 'b', place: 11 },
    ],
  ] as const;

  it.each(cases)(
    'of SQLSTATE %s have a class of their own, and are told where nothing else is said',
    async (state, kind, httpStatus, code, constraint, values) => {
      const error = await errorOf([], values);

      expect(error).toBeInstanceOf(kind);
      expect(error).toMatchObject({
        sqlState: state,
        httpStatus,
        code,
        constraint,
        table: 'seats',
        outcome: 'not-committed',
      });
      expect(JSON.stringify((error as HoldfastError).toProblem())).not.toMatch(/seats|Key \(/);
    },
  );

  it.each(cases)(
    'of SQLSTATE %s become the error of the first check that fits, which keeps the violation',
    async (_state, kind, _status, _code, constraint, values) => {
      const other = kind === CheckViolation ? UniqueViolation : CheckViolation;
      const error = await errorOf(
        [
          { violation: other, error: () => new Refused('of another kind') },
          { violation: kind, constraint: 'another', error: () => new Refused('of another constraint') },
          {
            violation: kind,
            ...(constraint === null ? {} : { constraint }),
            error: (cause) => new Refused('this', cause),
          },
          { violation: IntegrityViolation, error: () => new Refused('too late') },
        ],
        values,
      );

      expect(error).toMatchObject({ name: 'Refused', message: 'this' });
      expect((error as Error).cause).toBeInstanceOf(kind);
    },
  );

  it('of any kind fit a check for all kinds', async () => {
    for (const [, , , , , values] of cases) {
      const error = await errorOf([{ violation: IntegrityViolation, error: () => new Refused('any') }], values);
      expect(error).toMatchObject({ message: 'any' });
    }
  });

  it('of the key are the domain’s already-exists error, unless a check speaks for it', async () => {
    const taken = { ...seat, row: 'b', place: 1 };

    expect(await errorOf([], taken)).toBeInstanceOf(EntityAlreadyExists);
    const check = { violation: UniqueViolation, constraint: 'seats_key', error: () => new Refused('mine') };
    expect(await errorOf([check], taken)).toMatchObject({ message: 'mine' });
  });

  it('by a spec’s own checks come before those of the entity', async () => {
    const seats = seatsWith([{ violation: UniqueViolation, error: () => new Refused('the entity') }]);
    const own = [{ violation: UniqueViolation, error: () => new Refused('the spec') }];
    const values = { ...seat, id: 5 };

    await expect(test.database.execute(seats.create(all, { values }))).rejects.toThrow('the entity');
    await expect(test.database.execute(seats.create(all, { values, integrityErrorChecks: own }))).rejects.toThrow(
      'the spec',
    );
    await test.database.execute(seats.create(all, { values: { ...seat, id: 6, row: 'c' } }));
    const changes = { row: 'a' };
    await expect(test.database.execute(seats.update(all, 6, { changes }))).rejects.toThrow('the entity');
    await expect(test.database.execute(seats.update(all, 6, { changes, integrityErrorChecks: own }))).rejects.toThrow(
      'the spec',
    );
  });
});
