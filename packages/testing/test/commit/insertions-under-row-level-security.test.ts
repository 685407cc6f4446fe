import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, entityOperations, guardedPool, newId, rowLevelSecurity } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import type { FaultKind } from '@holdfast/testing';
import { DataSource } from 'typeorm';
import { EntryRow, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

const security = rowLevelSecurity<EntryRow>({ entity: EntryRow, scopes: { team: 'team' } });
const guarded = entityOperations<EntryRow, EntryRow, string>({
  entity: EntryRow,
  toData: (row) => ({ ...row }),
  notFound: (id) => new EntityNotFound('entry', `There is no entry ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('entry'),
  softDelete: 'deletedAt',
  rowLevelSecurity: security,
});

let lossy: LossyDatabase;
let dataSource: DataSource;
let database: Database;
const role = `holdfast_${randomBytes(6).toString('hex')}`;

beforeAll(async () => {
  lossy = await lossyDatabase();
  await lossy.ask(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  await lossy.ask(`GRANT SELECT, INSERT, UPDATE, DELETE ON entries TO ${role}`);
  for (const sql of security.statements(lossy.dataSource).up) await lossy.ask(sql);
  const url = new URL(lossy.proxy.through(lossy.url));
  url.username = url.password = role;
  const args = { type: 'postgres' as const, url: url.href, entities: [EntryRow], ...guardedPool({ max: 1 }) };
  dataSource = await new DataSource(args).initialize();
  database = new Database(dataSource);
});
afterAll(async () => {
  await database.close();
  await dataSource.destroy();
  await lossy.ask(`DROP OWNED BY ${role}`);
  await lossy.ask(`DROP ROLE ${role}`);
  await lossy.close();
});

describe('A creation under row-level security whose answer was lost', () => {
  it.each<[FaultKind]>([['cutAfter'], ['cutBefore'], ['resetAfter'], ['resetBefore']])(
    'is stored once, in its scope: %s',
    async (fault) => {
      const label = newId();
      const landing = lossy.proxy.next({ fault, at: 'sync' });

      const entry = await database.execute(guarded.create(red, { values: { label } }));

      await landing;
      expect(entry).toMatchObject({ team: 'red', label });
      expect(await lossy.effects(entry.id)).toEqual(['INSERT']);
      expect(await database.execute(guarded.get(red, entry.id))).toEqual(entry);
    },
  );

  it('sees nobody else in what it left behind', async () => {
    void lossy.proxy.next({ fault: 'cutAfter', at: 'sync' });
    await database.execute(guarded.create(red, { values: { label: newId() } }));

    const seen = await database.beginReadonlySession((dbSession) => dbSession.sql`SELECT FROM entries`);

    expect(seen).toEqual([]);
  });

  it.each<[FaultKind]>([['cutAfter'], ['cutBefore']])(
    'is done once with a key that was given, too: %s',
    async (fault) => {
      const label = newId();
      const landing = lossy.proxy.next({ fault, at: 'commit' });
      const { id } = await database.execute(guarded.create(red, { values: { id: newId(), label } }));
      await landing;

      const changed = await database.execute(guarded.update(red, id, { changes: { amount: 3 } }));

      expect(changed).toMatchObject({ id, amount: 3 });
      expect(await lossy.effects(id)).toEqual(['INSERT', 'UPDATE']);
    },
  );
});
