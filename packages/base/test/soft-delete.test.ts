import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { batchQuerier, unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { type EntityDefinition, entityOperations, type SoftDeletingOperations } from '../src/index.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

interface Row {
  readonly id: number;
  readonly goneAt: Date | null;
  readonly closedAt: Date | null;
}

const id = { type: 'int', primary: true } as const;
const time = { type: 'timestamptz', nullable: true } as const;
const Marked = new EntitySchema<Row>({
  name: 'Marked',
  columns: { id, goneAt: { ...time, deleteDate: true }, closedAt: time },
});
const Plain = new EntitySchema<Row>({ name: 'Plain', columns: { id, goneAt: time, closedAt: time } });

const all = unscoped('a test');
const operationsOf = (
  entity: EntitySchema<Row>,
  said: Pick<EntityDefinition<Row, Row, number>, 'softDelete'>,
): SoftDeletingOperations<Row, Row, number> =>
  entityOperations<Row, Row, number>({
    entity,
    toData: (row) => ({ ...row }),
    notFound: () => new EntityNotFound('row'),
    alreadyExists: () => new EntityAlreadyExists('row'),
    ...said,
  }) as SoftDeletingOperations<Row, Row, number>;

describe('the column that marks deleted rows', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([Marked, Plain]);
    await test.dataSource.query(`INSERT INTO marked VALUES (1, now(), NULL), (2, NULL, now())`);
    await test.dataSource.query(`INSERT INTO plain VALUES (1, now(), NULL), (2, NULL, now())`);
  });
  afterAll(() => test.close());

  it('is the one that TypeORM knows, or there is none to either', async () => {
    expect(await test.database.execute(operationsOf(Marked, { softDelete: 'goneAt' }).count(all, {}))).toBe(1);
    expect(await test.database.execute(operationsOf(Plain, {}).count(all, {}))).toBe(2);
  });

  it('is needed for what deletes and restores: without one they are refused, whoever gets around the types', async () => {
    const rows = operationsOf(Plain, {});

    for (const spec of [rows.delete(all, 1), rows.restore(all, 1), rows.batchDelete(all, [1])]) {
      const refused = test.database.execute<unknown>(spec as never);
      await expect(refused).rejects.toMatchObject({
        name: 'Misuse',
        message: /says nothing of soft deletion: purge it/,
      });
    }
    expect(await test.database.execute(rows.count(all, {}))).toBe(2);
  });

  it.each<[string, EntitySchema<Row>, Pick<EntityDefinition<Row, Row, number>, 'softDelete'>, string]>([
    ['none, where TypeORM knows one', Marked, {}, `say softDelete: 'goneAt'`],
    ['another than TypeORM knows', Marked, { softDelete: 'closedAt' }, `say softDelete: 'goneAt'`],
    ['one that TypeORM does not know', Plain, { softDelete: 'goneAt' }, 'mark it deleteDate'],
  ])('is refused as %s: a row would be there for some and not for others', async (_name, entity, said, message) => {
    const rows = operationsOf(entity, said);
    const page = batchQuerier<Row>({ pagination: { noPagination: true } });
    const reads = [rows.find(all, 1), rows.loadMany(all, [1]), rows.search(all, page), rows.count(all, {})];
    const writes = [
      rows.update(all, 1, { changes: { closedAt: null } }),
      rows.delete(all, 1),
      rows.restore(all, 1),
      rows.batchDelete(all, [1]),
      rows.batchPurge(all, [1]),
    ];

    for (const spec of [...reads, ...writes]) {
      await expect(test.database.execute<unknown>(spec as never)).rejects.toThrow(message);
    }
    await expect(test.database.execute(rows.find(all, 1, { includeDeleted: true }))).rejects.toMatchObject({
      name: 'Misuse',
    });
  });
});
