import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound, Misuse } from '@holdfast/errors';
import { searchScope, unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import {
  dependentCreator,
  entityOperations,
  everyRow,
  guardedPool,
  LockNotAvailable,
  newId,
  VersionConflict,
} from '../../src/index.js';
import { gate } from '../fixture/gate.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

/** A step of a plan: ranked within its plan, and signed by whoever wrote it. */
interface StepRow {
  readonly id: string;
  readonly tenant: string;
  readonly plan: string | null;
  readonly before: string | null;
  readonly rank: number;
  readonly createdBy: string | null;
  readonly changedBy: string | null;
  readonly deletedAt: Date | null;
  readonly version: number;
}

const StepRow = new EntitySchema<StepRow>({
  name: 'Step',
  tableName: 'steps',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    plan: { type: 'text', nullable: true },
    before: { type: 'uuid', nullable: true },
    rank: { type: 'int', default: 0 },
    createdBy: { type: 'text', name: 'created_by', nullable: true },
    changedBy: { type: 'text', name: 'changed_by', nullable: true },
    deletedAt: { type: 'timestamptz', name: 'deleted_at', deleteDate: true, nullable: true },
    version: { type: 'int', version: true },
  },
});

const steps = entityOperations<StepRow, StepRow, string>({
  entity: StepRow,
  toData: (row) => ({ ...row }),
  notFound: (id) => new EntityNotFound('step', `There is no step ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('step'),
  softDelete: 'deletedAt',
  actor: { created: 'createdBy', updated: 'changedBy' },
});

describe('writes of one row', () => {
  let test: TestDatabase;
  const a = searchScope<StepRow>({ name: 'tenant', equals: { tenant: 'a' } });
  const b = searchScope<StepRow>({ name: 'tenant', equals: { tenant: 'b' } });

  beforeAll(async () => void (test = await testDatabase([StepRow], guardedPool({ max: 12 }))));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE steps'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);

  describe('with a next value', () => {
    it('give every row another one, whoever creates at the same time', async () => {
      const rule = { column: 'rank', per: ['plan'] } as const;
      const create = (plan: string) => run(steps.createNext(a, { values: { plan } }, rule));

      const created = await Promise.all(Array.from({ length: 24 }, (_, i) => create(i % 2 === 0 ? 'x' : 'y')));

      const ranks = (plan: string): readonly number[] =>
        created
          .filter((step) => step.plan === plan)
          .map(({ rank }) => rank)
          .toSorted((m, n) => m - n);
      expect(ranks('x')).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
      expect(ranks('y')).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    });

    it('go on from the largest value in steps of the gap, of the scope and the group alone, NULL being one', async () => {
      await run(steps.create(b, { values: { plan: 'x', rank: 900 } }));
      await run(steps.create(a, { values: { plan: 'x', rank: 7 } }));
      const rule = { column: 'rank', per: ['plan'], gap: 10 } as const;

      expect(await run(steps.createNext(a, { values: { plan: 'x' } }, rule))).toMatchObject({ rank: 17 });
      expect(await run(steps.createNext(a, { values: { plan: null } }, rule))).toMatchObject({ rank: 10 });
      expect(await run(steps.createNext(a, { values: { plan: null } }, rule))).toMatchObject({ rank: 20 });
    });

    it('count for each tenant apart, who do not wait for each other, and the tenants of a union by its row', async () => {
      const rule = { column: 'rank', per: ['plan'] } as const;
      const mine = { values: { plan: 'x' } };
      await test.database.beginSession(async (dbSession) => {
        expect(await dbSession.execute(steps.createNext(a, mine, rule))).toMatchObject({ rank: 1 });
        expect(await run(steps.createNext(b, mine, rule), { separate: true })).toMatchObject({ rank: 1 });
      });
      const theirs = { values: { plan: 'x', tenant: 'b' } };

      expect(await run(steps.createNext([a, b], theirs, rule))).toMatchObject({ tenant: 'b', rank: 2 });
      const told = { column: 'rank', per: ['tenant', 'plan'] } as const;
      expect(await run(steps.createNext(unscoped('a test'), theirs, told))).toMatchObject({ rank: 3 });
      expect(await run(steps.createNext(unscoped('a test'), theirs, { column: 'rank' }))).toMatchObject({ rank: 4 });
      const all = [
        ...Array.from({ length: 4 }, () => run(steps.createNext(b, mine, rule))),
        ...Array.from({ length: 4 }, () => run(steps.createNext([a, b], theirs, rule))),
        ...Array.from({ length: 4 }, () => run(steps.createNext(unscoped('a test'), theirs, told))),
      ];
      const ranks = (await Promise.all(all)).map(({ rank }) => rank).toSorted((m, n) => m - n);
      expect(ranks).toEqual(Array.from({ length: 12 }, (_, i) => i + 5));
    });

    it('take one lock for what is equal in other words', async () => {
      const { id } = await run(steps.create(a, { values: {} }));
      const rule = { column: 'rank', per: ['before'] } as const;
      const create = (before: string) => run(steps.createNext(a, { values: { before } }, rule));

      const created = await Promise.all(
        Array.from({ length: 12 }, (_, i) => create(i % 2 === 0 ? id : id.toUpperCase())),
      );

      expect(new Set(created.map(({ rank }) => rank)).size).toBe(12);
    });

    it.each(['repeatable read', 'serializable'] as const)(
      'are refused in a dbSession that is %s',
      async (isolation) => {
        const creating = test.database.beginSession(
          (dbSession) => dbSession.execute(steps.createNext(a, { values: {} }, { column: 'rank' })),
          { isolation },
        );

        await expect(creating).rejects.toBeInstanceOf(Misuse);
      },
    );

    it('wait for whoever holds the lock that is named', async () => {
      const parent = await run(steps.create(a, { values: { plan: 'parent' } }));
      const lock = steps.get(a, parent.id, { lock: 'update' });
      const create = () =>
        run(steps.createNext(a, { values: { plan: parent.id } }, { column: 'rank', per: ['plan'], lock }));

      const created = await Promise.all(Array.from({ length: 8 }, create));

      expect(created.map(({ rank }) => rank).toSorted((m, n) => m - n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('refuse a value that is given, a group that is not, and a gap that is none', async () => {
      const given = run(steps.createNext(a, { values: { plan: 'x', rank: 3 } }, { column: 'rank', per: ['plan'] }));
      const ungiven = run(steps.createNext(a, { values: {} }, { column: 'rank', per: ['plan'] }));

      await expect(given).rejects.toMatchObject({ pointer: '/rank' });
      await expect(ungiven).rejects.toMatchObject({ reason: 'MISSING_VALUE', pointer: '/plan' });
      expect(() => steps.createNext(a, { values: {} }, { column: 'rank', gap: 0 })).toThrow(Misuse);
    });
  });

  describe('with dependents', () => {
    it('create what is described by what was created, or nothing at all', async () => {
      const family = (name: string, ranks: readonly number[]) =>
        dependentCreator(steps.create(a, { values: { plan: name } }), (parent) =>
          steps.bulkCreate(
            a,
            ranks.map((rank) => ({ values: { plan: parent.id, rank } })),
          ),
        );

      const { first, dependent } = await run(family('p', [1, 2]));

      expect(dependent.map(({ plan, rank }) => [plan, rank])).toEqual([
        [first.id, 1],
        [first.id, 2],
      ]);
      await expect(run(family('q', [1, 1.5]))).rejects.toMatchObject({ name: 'InvalidInput' });
      expect(await run(steps.count(a, { plan: { eq: 'q' } }))).toBe(0);
    });
  });

  describe('by an actor', () => {
    it('are signed, and leave what was signed alone where nobody acts', async () => {
      const ann = { actor: 'ann' };
      const created = await run(steps.create(a, { values: { plan: 'x' } }), ann);
      expect(created).toMatchObject({ createdBy: 'ann', changedBy: 'ann' });

      const signed = async (step: Promise<StepRow>) =>
        (({ createdBy, changedBy }) => [createdBy, changedBy])(await step);
      const bob = { actor: 'bob' };
      expect(await signed(run(steps.update(a, created.id, { changes: { rank: 1 } }), bob))).toEqual(['ann', 'bob']);
      expect(await signed(run(steps.update(a, created.id, { changes: { rank: 2 } })))).toEqual(['ann', 'bob']);
      expect(await signed(run(steps.update(a, created.id, { changes: {} }), { actor: 'cyd' }))).toEqual(['ann', 'bob']);
      expect(await signed(run(steps.delete(a, created.id), { actor: 'dan' }))).toEqual(['ann', 'dan']);
      expect(await signed(run(steps.restore(a, created.id), { actor: 'eve' }))).toEqual(['ann', 'eve']);
      expect(
        await signed(run(steps.upsert(a, { values: { id: created.id, rank: 4 } }), bob).then(({ data }) => data)),
      ).toEqual(['ann', 'bob']);
      await run(steps.batchUpdate(a, everyRow('a test'), { changes: { rank: 3 } }), { actor: 'fay' });
      expect(await signed(run(steps.get(a, created.id)))).toEqual(['ann', 'fay']);
      await run(steps.bulkUpdate(a, [{ id: created.id, changes: { rank: 3 } }]), { actor: 'gus' });
      expect(await signed(run(steps.get(a, created.id)))).toEqual(['ann', 'gus']);
      await run(steps.batchDelete(a, everyRow('a test')), { actor: 'hal' });
      expect(await signed(run(steps.get(a, created.id, { includeDeleted: true })))).toEqual(['ann', 'hal']);
    });

    it('are signed in all of a dbSession', async () => {
      const [one] = await test.database.beginSession(
        (dbSession) => dbSession.execute(steps.bulkCreate(a, [{ values: {} }])),
        { actor: 'ann' },
      );

      expect(one).toMatchObject({ createdBy: 'ann', changedBy: 'ann' });
    });

    it('take what a spec says itself', async () => {
      const imported = await run(steps.create(a, { values: { createdBy: 'somebody' } }), { actor: 'ann' });

      expect(imported).toMatchObject({ createdBy: 'somebody', changedBy: 'ann' });
    });
  });

  describe('of an expected version', () => {
    it('are refused once somebody else has changed the row, and not where it is missing', async () => {
      const { id, version } = await run(steps.create(a, { values: {} }));
      const update = (expectedVersion: number, changes = { rank: 1 }, scope = a) =>
        run(steps.update(scope, id, { changes, expectedVersion }));

      expect(await update(version)).toMatchObject({ version: version + 1, rank: 1 });
      await expect(update(version)).rejects.toBeInstanceOf(VersionConflict);
      await expect(update(version, {} as never)).rejects.toBeInstanceOf(VersionConflict);
      expect(await update(version + 1, {} as never)).toMatchObject({ version: version + 1 });
      await expect(update(version + 1, { rank: 2 }, b)).rejects.toBeInstanceOf(EntityNotFound);
      expect(new VersionConflict(1)).toMatchObject({
        httpStatus: 409,
        code: 'database_update_conflict',
        retryable: false,
      });
    });

    it('let one of many succeed', async () => {
      const { id, version } = await run(steps.create(a, { values: {} }));

      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, rank) =>
          run(steps.update(a, id, { changes: { rank }, expectedVersion: version })),
        ),
      );

      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });

  describe('behind a row lock', () => {
    it('wait, or are told at once, or see nothing', async () => {
      const { id } = await run(steps.create(a, { values: {} }));
      const locked = gate();
      const done = gate();
      const holding = test.database.beginSession(async (dbSession) => {
        await dbSession.execute(steps.get(a, id, { lock: 'update' }));
        locked.open();
        await done.passed;
      });
      await locked.passed;

      await test.database.beginSession(async (dbSession) => {
        const told = dbSession.savepoint((inner) => inner.execute(steps.get(a, id, { lock: 'share', noWait: true })));
        await expect(told).rejects.toBeInstanceOf(LockNotAvailable);
        expect(await dbSession.execute(steps.find(a, id, { lock: 'noKeyUpdate', skipLocked: true }))).toBeNull();
        expect(await dbSession.execute(steps.find(a, id))).toMatchObject({ id });
      });
      done.open();
      await holding;
    });

    it('need a dbSession that writes', async () => {
      const { id } = await run(steps.create(a, { values: {} }));
      const lock = steps.get(a, id, { lock: 'update' });

      await expect(run(lock)).rejects.toBeInstanceOf(Misuse);
      await expect(
        test.database.beginReadonlySession((dbSession) => dbSession.execute(lock as never)),
      ).rejects.toMatchObject({ sqlState: '25006' });
      await expect(
        test.database.beginSession((dbSession) => dbSession.execute(steps.get(a, id, { lock: 'all' as never }))),
      ).rejects.toBeInstanceOf(Misuse);
    });
  });

  it('make a key once for all executions of a spec, so that it can be made again', async () => {
    const spec = steps.create(unscoped('a test'), { values: { tenant: 'a' } });
    const { id } = await run(spec);

    await expect(run(spec)).rejects.toBeInstanceOf(EntityAlreadyExists);
    expect(await run(steps.get(a, id))).toMatchObject({ id });
    expect(id < newId()).toBe(true);
  });
});
