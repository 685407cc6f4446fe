import { unscoped } from '@holdfast/querier';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Column,
  CreateDateColumn,
  DeleteDateColumn,
  Entity,
  EntitySchema,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface TaskRow {
  id: number;
  first: string;
  last: string;
  full: string;
  code: string;
  fixed: string;
  internal: string | null;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
  version: number;
}
const Task = new EntitySchema<TaskRow>({
  name: 'Task',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    first: { type: 'text' },
    last: { type: 'text', default: 'nobody' },
    full: { type: 'text', asExpression: `first || ' ' || last`, generatedType: 'STORED' },
    code: { type: 'uuid', generated: 'uuid' },
    fixed: { type: 'text', update: false, default: 'as created' },
    internal: { type: 'text', insert: false, nullable: true },
    // TypeORM's own default is a timestamp without time zone.
    createdAt: { type: 'timestamp', createDate: true },
    updatedAt: { type: 'timestamp', updateDate: true },
    deletedAt: { type: 'timestamp', deleteDate: true },
    version: { type: 'int', version: true },
  },
});
const tasks = operationsOf<TaskRow, number>(Task, { softDelete: 'deletedAt' });

class Numbered {
  declare id: string;
  declare name: string;
  declare made: Date;
  declare changed: Date;
  declare removed: Date | null;
  declare version: number;
}
// Decorators are functions: called as such they need no compiler setting.
PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })(Numbered.prototype, 'id');
Column('text')(Numbered.prototype, 'name');
CreateDateColumn()(Numbered.prototype, 'made');
UpdateDateColumn()(Numbered.prototype, 'changed');
DeleteDateColumn()(Numbered.prototype, 'removed');
VersionColumn()(Numbered.prototype, 'version');
Entity()(Numbered);
const numbered = operationsOf<Numbered>(Numbered, { softDelete: 'removed' });
const all = unscoped('a test');

describe.each(bothPools)('what the database or TypeORM makes %s', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([Task, Numbered], pool);
  });
  afterAll(() => test.close());

  it('is in a new row: keys, defaults, generated columns, times and the first version', async () => {
    const created = await test.database.execute(tasks.create(all, { values: { first: 'ada' } }));
    const byTypeOrm = await test.dataSource.getRepository(Task).findOneByOrFail({ id: created.id });

    expect(created).toMatchObject({
      last: 'nobody',
      full: 'ada nobody',
      fixed: 'as created',
      version: 1,
      deletedAt: null,
    });
    expect(created.code).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Date.now() - created.createdAt.getTime())).toBeLessThan(60_000);
    expect(byTypeOrm).toEqual({ ...created });
  });

  it('is given by nobody else', async () => {
    const creating = (values: object) =>
      test.database.execute(tasks.create(all, { values: { first: 'x', ...values } }));
    const { id } = await creating({});
    const changing = (changes: object) => test.database.execute(tasks.update(all, id, { changes }));

    await expect(creating({ full: 'x' })).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: '/full' });
    await expect(creating({ internal: 'x' })).rejects.toMatchObject({ pointer: '/internal' });
    await expect(changing({ full: 'x' })).rejects.toMatchObject({ pointer: '/full' });
    await expect(changing({ fixed: 'x' })).rejects.toMatchObject({ pointer: '/fixed' });
    await expect(changing({ id: 99 })).rejects.toMatchObject({ pointer: '/id' });
    expect((await changing({ internal: 'x' })).internal).toBe('x');
  });

  it('is kept up by changes, deletions and restorations', async () => {
    const { database } = test;
    const created = await database.execute(tasks.create(all, { values: { first: 'a', last: 'b' } }));

    const changed = await database.execute(tasks.update(all, created.id, { changes: { last: 'c' } }));
    const deleted = await database.execute(tasks.delete(all, created.id));
    const restored = await database.execute(tasks.restore(all, created.id));

    expect(changed).toMatchObject({ full: 'a c', version: 2, createdAt: created.createdAt });
    expect(changed.updatedAt.getTime()).toBeGreaterThanOrEqual(created.updatedAt.getTime());
    expect(Math.abs(Date.now() - deleted.deletedAt!.getTime())).toBeLessThan(60_000);
    expect([deleted.version, restored.version, restored.deletedAt]).toEqual([3, 4, null]);
  });

  it('is an identity that only the database gives', async () => {
    const { database } = test;
    const first = await database.execute(numbered.create(all, { values: { name: 'n' } }));
    const giving = database.execute(numbered.create(all, { values: { id: '7', name: 'n' } }));
    const many = await database.execute(
      numbered.bulkCreate(all, [{ values: { name: 'o' } }, { values: { name: 'p' } }]),
    );
    const deleted = await database.execute(numbered.delete(all, first.id));

    expect(first).toMatchObject({ name: 'n', version: 1, removed: null });
    expect(first.made).toBeInstanceOf(Date);
    await expect(giving).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: '/id' });
    expect(many.map(({ name }) => name)).toEqual(['o', 'p']);
    expect(new Set([first.id, ...many.map(({ id }) => id)]).size).toBe(3);
    expect(deleted.removed).toBeInstanceOf(Date);
  });
});
