import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound, InvalidInput, isHoldfastError } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { entityOperations, type WriteSpec } from '../../src/index.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface PinRow {
  readonly id: number;
  readonly name: string;
}

const PinRow = new EntitySchema<PinRow>({
  name: 'Pin',
  tableName: 'pins',
  columns: { id: { type: 'int', primary: true }, name: { type: 'text' } },
});

const pins = entityOperations<PinRow, PinRow, number>({
  entity: PinRow,
  toData: (row) => ({ ...row }),
  notFound: () => new EntityNotFound('pin'),
  alreadyExists: () => new EntityAlreadyExists('pin'),
});

const all = unscoped('a test');
const good = { values: { id: 1, name: 'a' } };

type Case = readonly [operation: string, make: (spec: never) => WriteSpec<unknown>, pointer: string];

const ofOne: readonly Case[] = [
  ['create', (spec) => pins.create(all, spec), '/spec'],
  ['createNext', (spec) => pins.createNext(all, spec, { column: 'id' } as never), '/spec'],
  ['update', (spec) => pins.update(all, 1, spec), '/spec'],
  ['updateIf', (spec) => pins.updateIf(all, 1, { name: { eq: 'a' } } as never, spec), '/spec'],
  ['batchUpdate', (spec) => pins.batchUpdate(all, [1], spec), '/spec'],
  ['upsert', (spec) => pins.upsert(all, spec), '/spec'],
];

const ofMany: readonly Case[] = [
  ['bulkCreate', (spec) => pins.bulkCreate(all, [good, spec]), '/1'],
  ['bulkUpdate', (spec) => pins.bulkUpdate(all, [{ id: 1, changes: {} }, spec]), '/1'],
  ['bulkUpsert', (spec) => pins.bulkUpsert(all, [good, spec]), '/1'],
];

const inPlace: readonly Case[] = [
  ['bulkCreatePartial', (spec) => pins.bulkCreatePartial(all, [good, spec]), '/1'],
  ['bulkUpdatePartial', (spec) => pins.bulkUpdatePartial(all, [{ id: 1, changes: {} }, spec]), '/1'],
  ['bulkUpsertPartial', (spec) => pins.bulkUpsertPartial(all, [good, spec]), '/1'],
];

const lists: readonly Case[] = [
  ['bulkCreate', (spec) => pins.bulkCreate(all, spec), ''],
  ['bulkCreatePartial', (spec) => pins.bulkCreatePartial(all, spec), ''],
  ['bulkUpdate', (spec) => pins.bulkUpdate(all, spec), ''],
  ['bulkUpdatePartial', (spec) => pins.bulkUpdatePartial(all, spec), ''],
  ['bulkUpsert', (spec) => pins.bulkUpsert(all, spec), ''],
  ['bulkUpsertPartial', (spec) => pins.bulkUpsertPartial(all, spec), ''],
  ['bulkPurgePartial', (spec) => pins.bulkPurgePartial(all, spec), ''],
];

describe.each([null, undefined, 5, 'x', true, [], () => 1])('what is %p instead of an object', (value) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([PinRow]);
    await test.database.execute(pins.create(all, good));
    await test.dataSource.query('DELETE FROM pins WHERE id <> 1');
  });
  afterAll(() => test.close());

  const failing = async (make: Case[1]): Promise<unknown> => {
    try {
      return await test.database.execute(make(value as never));
    } catch (error) {
      return error;
    }
  };

  it.each([...ofOne, ...ofMany])('is refused by %s with a pointer', async (_, make, pointer) => {
    const error = await failing(make);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({ reason: 'INVALID_VALUE', pointer });
  });

  it.each(inPlace)('is a failure in its place to %s', async (_, make, pointer) => {
    const { failures } = (await failing(make)) as { failures: readonly { index: number; error: unknown }[] };
    expect(failures.map(({ index }) => index)).toContain(1);
    expect(failures.find(({ index }) => index === 1)?.error).toMatchObject({ reason: 'INVALID_VALUE', pointer });
  });

  it.each(lists)('is never a TypeError to %s as its list', async (_, make) => {
    const result = await failing(make);
    if (result instanceof Error)
      expect([(result as Error).message, isHoldfastError(result)]).toEqual([expect.any(String), true]);
    else expect(value).toEqual([]);
  });
});
