import { type Embedded, searchScope, unscoped } from '@holdfast/querier';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { DataSource, type DataSourceOptions, EntitySchema } from 'typeorm';
import { Database, guardedPool, rowLevelSecurity } from '../../src/index.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface ParcelRow {
  id: number;
  ownership: Embedded<{ team: string }>;
}
const Ownership = new EntitySchema<ParcelRow['ownership']>({
  name: 'Ownership',
  columns: {
    team: {
      type: 'text',
      transformer: { to: (team: string) => `t-${team}`, from: (stored: string) => stored.slice(2) },
    },
  },
});
const Parcel = new EntitySchema<ParcelRow>({
  name: 'Parcel',
  tableName: 'parcels',
  columns: { id: { type: 'int', primary: true } },
  embeddeds: { ownership: { schema: Ownership } },
});
const security = rowLevelSecurity<ParcelRow>({ entity: Parcel, scopes: { team: 'ownership.team' } });
const parcels = operationsOf<ParcelRow, number>(Parcel, { rowLevelSecurity: security });
const teamOf = (team: string) => searchScope<ParcelRow>({ name: 'team', equals: { 'ownership.team': team } });

let outer: TestDatabase;
let dataSource: DataSource;
let database: Database;
const role = `base_${randomBytes(6).toString('hex')}`;
beforeAll(async () => {
  outer = await testDatabase([]);
  await outer.dataSource.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  await outer.dataSource.query(`GRANT CREATE ON SCHEMA public TO ${role}`);
  const url = new URL(outer.url);
  url.username = url.password = role;
  const options = {
    type: 'postgres',
    url: url.href,
    entities: [Parcel],
    synchronize: true,
    ...guardedPool({ max: 1 }),
  };
  dataSource = await new DataSource(options as DataSourceOptions).initialize();
  for (const sql of security.statements(dataSource).up) await dataSource.query(sql);
  database = new Database(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await outer.dataSource.query(`DROP OWNED BY ${role}`);
  await outer.dataSource.query(`DROP ROLE ${role}`);
  await outer.close();
});

it('row-level security is told what is stored of an embedded column with a transformer', async () => {
  await database.execute(parcels.create(teamOf('red'), { values: { id: 1 } }));
  await database.execute(parcels.create(teamOf('blue'), { values: { id: 2 } }));

  const stored = await outer.dataSource.query<readonly object[]>(`SELECT * FROM parcels ORDER BY id`);
  expect(stored).toEqual([
    { id: 1, ownershipTeam: 't-red' },
    { id: 2, ownershipTeam: 't-blue' },
  ]);
  expect(await database.execute(parcels.get(teamOf('red'), 1))).toEqual({ id: 1, ownership: { team: 'red' } });
  await expect(database.execute(parcels.get(teamOf('red'), 2))).rejects.toMatchObject({ httpStatus: 404 });
  expect(await database.execute(parcels.count(unscoped('a test'), {}))).toBe(2);
  // The policy alone, without the scope's own condition.
  expect(await dataSource.query('SELECT count(*)::int FROM parcels')).toEqual([{ count: 0 }]);
});
