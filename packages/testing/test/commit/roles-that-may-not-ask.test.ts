import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  AmbiguousCommitError,
  Database,
  guardedPool,
  newId,
  operationKey,
  operationKeyMigrations,
  type WriteOptions,
} from '@holdfast/base';
import type { FaultKind } from '@holdfast/testing';
import { DataSource } from 'typeorm';
import { entries, EntryRow, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

const role = `holdfast_${randomBytes(6).toString('hex')}`;
let lossy: LossyDatabase;
let dataSource: DataSource;
let database: Database;

beforeAll(async () => {
  lossy = await lossyDatabase();
  await lossy.database.migrate(operationKeyMigrations);
  await lossy.ask(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  await lossy.ask(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`);
  // Of this database alone.
  await lossy.ask('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC');
  const url = new URL(lossy.proxy.through(lossy.url));
  url.username = url.password = role;
  const args = { type: 'postgres' as const, url: url.href, entities: [EntryRow], ...guardedPool({ max: 1 }) };
  dataSource = await new DataSource(args).initialize();
  database = new Database(dataSource);
});
afterEach(() => lossy.proxy.heal());
afterAll(async () => {
  await database.close();
  await dataSource.destroy();
  await lossy.ask(`DROP OWNED BY ${role}`);
  await lossy.ask(`DROP ROLE ${role}`);
  await lossy.close();
});

const create = (id: string, options?: WriteOptions): Promise<EntryRow> =>
  database.execute(entries.create(red, { values: { id, label: id } }), options);

describe('A role that may not ask which life of the server it is', () => {
  it('is warned of once, and writes', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const ids = [newId(), newId(), newId()];

    for (const id of ids) {
      await create(id);
      // A new connection each time.
      void lossy.proxy.next({ fault: 'resetBefore', at: { sql: /^SELECT 1/ } });
      await database.beginReadonlySession((dbSession) => dbSession.sql`SELECT 1`).catch(() => {});
    }

    expect(warnings.mock.calls.map(([, options]) => options)).toEqual([{ code: 'HOLDFAST_COMMITS_NOT_RESOLVED' }]);
    warnings.mockRestore();
    for (const id of ids) expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it.each<[FaultKind, readonly string[]]>([
    ['cutAfter', ['INSERT']],
    ['cutBefore', []],
  ])('is told that a lost COMMIT may or may not be stored, after %s', async (fault, effects) => {
    const id = newId();
    const landing = lossy.proxy.next({ fault, at: 'commit' });

    const error = await create(id).catch((reason: unknown) => reason);

    await landing;
    expect(error).toBeInstanceOf(AmbiguousCommitError);
    expect(await (error as AmbiguousCommitError).resolve()).toBe('unknown');
    expect(await lossy.effects(id)).toEqual(effects);
  });

  it.each<[FaultKind]>([['cutAfter'], ['cutBefore']])(
    'writes once by an operation key all the same: %s',
    async (fault) => {
      const id = newId();
      const landing = lossy.proxy.next({ fault, at: 'commit' });

      const entry = await create(id, { operationKey: operationKey(id) });

      await landing;
      expect(entry).toMatchObject({ id });
      expect(await lossy.effects(id)).toEqual(['INSERT']);
    },
  );

  it.each<[FaultKind]>([['cutAfter'], ['cutBefore']])(
    'creates once with a key that is made here: %s',
    async (fault) => {
      const landing = lossy.proxy.next({ fault, at: 'sync' });

      const { id } = await database.execute(entries.create(red, { values: { label: newId() } }));

      await landing;
      expect(await lossy.effects(id)).toEqual(['INSERT']);
    },
  );
});
