import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { guardedPool, newId } from '@holdfast/base';
import type { FaultKind } from '@holdfast/testing';
import type pg from 'pg';
import { entries, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

const role = `holdfast_${randomBytes(6).toString('hex')}`;

/** A row that was made. */
interface Found {
  readonly schema: string;
  /** Whether by the role. */
  readonly isSet: boolean;
}

/** What a pool's listener sets connections to, by which the same statement is another one. */
const settings: readonly (readonly [what: string, sql: string, where: Found])[] = [
  ['the schema', 'SET search_path = own', { schema: 'own', isSet: false }],
  ['the role', `SET ROLE ${role}`, { schema: 'public', isSet: true }],
];

let lossy: LossyDatabase;

beforeAll(async () => {
  lossy = await lossyDatabase({ pool: guardedPool({ max: 1 }) });
  await lossy.ask(`CREATE ROLE ${role}`);
  await lossy.ask('ALTER TABLE entries ADD made_by text DEFAULT current_user');
  await lossy.ask('CREATE SCHEMA own; CREATE TABLE own.entries (LIKE public.entries INCLUDING ALL)');
  await lossy.ask(`GRANT SELECT, INSERT, UPDATE ON entries TO ${role}`);
});
afterEach(() => lossy.proxy.heal());
afterAll(async () => {
  await lossy.ask(`DROP OWNED BY ${role}`);
  await lossy.ask(`DROP ROLE ${role}`);
  await lossy.close();
});

const found = (label: string): Promise<readonly Found[]> =>
  lossy.ask<Found>(
    `SELECT 'public' AS schema, made_by = $2 AS "isSet" FROM public.entries WHERE label = $1
      UNION ALL SELECT 'own', made_by = $2 FROM own.entries WHERE label = $1`,
    [label, role],
  );

/** From now on each connection of the application is set by a listener of its pool. */
async function setBy(sql: string): Promise<() => void> {
  const { master: pool } = lossy.dataSource.driver as unknown as { readonly master: pg.Pool };
  const listener = (client: pg.PoolClient): void => void client.query(sql);
  // The one that there is was not set.
  (await pool.connect()).release(true);
  pool.on('connect', listener);
  return () => void pool.off('connect', listener);
}

describe.each(settings)("Where a listener of the application's pool sets %s", (_, sql, where) => {
  let stop: () => void;
  beforeAll(async () => void (stop = await setBy(sql)));
  afterAll(() => stop());

  it.each<[FaultKind]>([['cutAfter'], ['cutBefore']])(
    'a creation is proven where the application makes it, and by whom: %s',
    async (fault) => {
      // Another one, which has not proven anything yet.
      const database = lossy.another();
      const label = newId();
      const landing = lossy.proxy.next({ fault, at: 'sync' });

      const entry = await database.execute(entries.create(red, { values: { label } }));

      await landing;
      expect(entry.label).toBe(label);
      expect(await found(label)).toEqual([where]);
    },
  );
});
