import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { searchScope } from '@holdfast/querier';
import { DataSource, type DataSourceOptions, EntitySchema } from 'typeorm';
import {
  Database,
  entityOperations,
  guardedPool,
  newId,
  OperationAlreadyDone,
  operationKey,
  operationKeyMigrations,
  OperationKeyReused,
  type WriteSpec,
} from '../../src/index.js';
import { fresh } from '../fixture/parcels/parcels.js';
import { type TestDatabase, testDatabase } from '../fixture/test-database.js';

interface Crate {
  readonly id: string;
  readonly tenant: string;
  readonly code: string;
  readonly color?: string | null;
}

const columns = {
  id: { type: 'uuid', primary: true },
  tenant: { type: 'text' },
  code: { type: 'text' },
} as const;
const CrateOfNow = new EntitySchema<Crate>({ name: 'Crate', tableName: 'crates', columns });
const GrownCrate = new EntitySchema<Crate>({
  name: 'Crate',
  tableName: 'crates',
  columns: { ...columns, color: { type: 'text', nullable: true } },
});
const operationsOf = (entity: EntitySchema<Crate>) =>
  entityOperations<Crate, Crate, string>({
    entity,
    toData: (row) => ({ ...row }),
    notFound: (id) => new EntityNotFound('crate', `There is no crate ${id}.`),
    alreadyExists: () => new EntityAlreadyExists('crate'),
    conflictTarget: { columns: ['id'] },
  });
type Crates = ReturnType<typeof operationsOf>;

const a = searchScope<Crate>({ name: 'tenant', equals: { tenant: 'a' } });

// One release after the other, on one table.
describe('a key that is sent again after the entity has got another column', () => {
  const [now, grown] = [operationsOf(CrateOfNow), operationsOf(GrownCrate)];
  let test: TestDatabase;
  let next: DataSource;
  let nextRelease: Database;
  let there: string;

  beforeAll(async () => {
    test = await testDatabase([CrateOfNow]);
    await test.database.migrate(operationKeyMigrations);
    await test.dataSource.query('ALTER TABLE crates ADD color text');
    const options = { type: 'postgres', url: test.url, entities: [GrownCrate], ...guardedPool({ max: 2 }) };
    next = await new DataSource(options as DataSourceOptions).initialize();
    nextRelease = new Database(next);
  });
  afterAll(async () => {
    await next.destroy();
    await test.close();
  });
  beforeEach(async () => {
    await test.dataSource.query('DELETE FROM crates');
    there = (await test.database.execute(now.create(a, { values: { code: 'there' } }))).id;
  });

  const stored = (): Promise<unknown> =>
    test.dataSource.query('SELECT id, tenant, code, color, xmin FROM crates ORDER BY id');

  const given = newId();
  const writes: readonly (readonly [name: string, make: (crates: Crates, code: string) => WriteSpec<unknown>])[] = [
    ['create', (crates, code) => crates.create(a, { values: { code } })],
    ['create, of a key that is given', (crates, code) => crates.create(a, { values: { id: given, code } })],
    ['bulkCreate', (crates, code) => crates.bulkCreate(a, [{ values: { code } }, { values: { code: 'second' } }])],
    ['update', (crates, code) => crates.update(a, there, { changes: { code } })],
    ['upsert', (crates, code) => crates.upsert(a, { values: { id: there, code } })],
    ['purge', (crates, code) => crates.purge(a, code === 'x' ? there : given)],
  ];

  it.each(writes)('was done, though its answer cannot be read any more, and is not done again: %s', async (_, make) => {
    const options = { operationKey: operationKey(fresh()) };
    const answer = await test.database.execute(make(now, 'x'), options);
    const after = await stored();

    const again = nextRelease.execute(make(grown, 'x'), options);

    await expect(again).rejects.toBeInstanceOf(OperationAlreadyDone);
    await expect(again).rejects.toMatchObject({ outcome: 'committed' });
    expect(await stored()).toEqual(after);
    // The release of before, which runs beside it for a while, can.
    expect(await test.database.execute(make(now, 'x'), options)).toStrictEqual(answer);
  });

  it.each(writes)('is refused for something else as ever: %s', async (_, make) => {
    const options = { operationKey: operationKey(fresh()) };
    await test.database.execute(make(now, 'x'), options);
    const after = await stored();

    await expect(nextRelease.execute(make(grown, 'y'), options)).rejects.toBeInstanceOf(OperationKeyReused);
    expect(await stored()).toEqual(after);
  });

  it('was done for the release before, too, where the next one was first', async () => {
    const options = { operationKey: operationKey(fresh()) };
    await nextRelease.execute(grown.create(a, { values: { code: 'x' } }), options);

    const again = test.database.execute(now.create(a, { values: { code: 'x' } }), options);

    await expect(again).rejects.toBeInstanceOf(OperationAlreadyDone);
  });

  it('keeps what answers without columns', async () => {
    const options = { operationKey: operationKey(fresh()) };
    const move = (crates: Crates) => crates.batchUpdate(a, { code: { eq: 'there' } }, { changes: { code: 'gone' } });
    const answer = await test.database.execute(move(now), options);

    expect(await nextRelease.execute(move(grown), options)).toStrictEqual(answer);
    expect(answer).toEqual({ count: 1 });
  });
});
