import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { guardedPool, newId, rowScope } from '../../src/index.js';
import { statementsIn } from '../../src/wire/statements-in.js';
import { document, documents, documentSecurity, tenant } from '../fixture/documents.js';
import { guardedDatabase, type GuardedDatabase } from '../fixture/guarded-database.js';
import { poolOf } from '../fixture/pool-of.js';

const MANY = 3;
const a = tenant('a');

let test: GuardedDatabase;

/** What all connections of the pool are set to by somebody, each with its server process. */
async function settings(): Promise<Record<number, unknown>> {
  const pool = poolOf(test.dataSource);
  const clients = await Promise.all(Array.from({ length: MANY }, () => pool.connect()));
  const found: Record<number, unknown> = {};
  for (const client of clients) {
    // Those of the transaction itself begin anew with each.
    const { rows } = await client.query(`
      SELECT name, setting FROM pg_settings
      WHERE source = 'session' AND setting <> '' AND name NOT LIKE 'transaction\\_%'
      UNION ALL SELECT relname, 'temporary' FROM pg_class
      WHERE relpersistence = 't' AND pg_table_is_visible(oid)`);
    const [{ pid }] = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows as [{ pid: number }];
    found[pid] = rows;
  }
  for (const client of clients) client.release();
  return found;
}

async function everything(): Promise<void> {
  const { database, dataSource } = test;
  const { id } = await database.execute(documents.create(a, document({ tenant: 'a', title: 'one' })));
  await Promise.all([
    database.execute(documents.get(a, id)),
    database.execute(documents.update(a, id, { changes: { rank: 2 } })),
    database.execute(documents.count(a, {})),
  ]);
  await Promise.all(
    Array.from({ length: MANY }, (_, i) =>
      database.beginSession(
        async (dbSession) => {
          await dbSession.execute(documents.create(a, document({ tenant: 'a', title: `of session ${i}` })));
          await dbSession.savepoint((inner) => inner.sql`SELECT 1 / 0`).catch(() => {});
          await dbSession.manager.transaction((manager) => manager.query('SELECT 1'));
          await dbSession.lock('one');
        },
        {
          isolation: 'repeatable read',
          lockTimeoutMs: 9_000,
          statementTimeoutMs: 9_000,
          rowScope: rowScope(documentSecurity, a),
        },
      ),
    ),
  );
  await database.beginSession((dbSession) => dbSession.execute(documents.get(a, newId()))).catch(() => {});
  await database
    .beginReadonlySession((dbSession) => dbSession.execute(documents.count(a, {})), { snapshot: true })
    .catch(() => {});
  await database.withAdvisoryLock('one', () => database.execute(documents.count(a, {})));
  await database.explain(documents.get(a, id), { mode: 'generic', analyze: true });
  await database.ping();
  await dataSource.transaction('SERIALIZABLE', (manager) => manager.query('SELECT 1'));
  await database.migrate([
    class Add1700000000001 {
      up = (runner: { query(sql: string): Promise<unknown> }): Promise<unknown> => runner.query('SELECT 1');
      down = async (): Promise<void> => {};
    } as never,
  ]);
  for await (const _rows of database.stream(documents.stream(a, {}))) break;
}

describe.each([
  ['guarded', guardedPool({ max: MANY })],
  ['stock', { extra: { max: MANY } }],
] as const)('over a %s pool', (_name, pool) => {
  afterEach(() => test.close());

  it('no operation leaves a setting behind on a connection, nor loses one for that', async () => {
    test = await guardedDatabase(pool);
    const before = await settings();

    await everything();

    expect(await settings()).toEqual(before);
    expect(Object.values(before)).toEqual(Array(MANY).fill([]));
  });
});

it('no SQL of ours sets anything but for its transaction', () => {
  const sources = path.resolve(__dirname, '../../src');
  const texts = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(path.join(sources, file), 'utf8').match(/(['"`])(?:\\.|(?!\1)[^\\])*\1/gs) ?? [])
    .map((literal) => literal.slice(1, -1));
  const settingSessions = texts.filter((text) =>
    statementsIn(text).some((sql) =>
      /^(SET (?!LOCAL |TRANSACTION |CONSTRAINTS )[A-Z_]+ ?(=|TO )|RESET [A-Z]|DISCARD |LISTEN )/.test(sql),
    ),
  );
  const configs = texts.flatMap((text) =>
    [...text.matchAll(/set_config\((?:[^()]|\([^()]*\))*\)/g)].map(([call]) => call),
  );

  expect(settingSessions).toEqual([]);
  expect(configs.length).toBeGreaterThan(0);
  expect(configs.filter((call) => !/, (true|is_local)\)$/.test(call))).toEqual([]);
});
