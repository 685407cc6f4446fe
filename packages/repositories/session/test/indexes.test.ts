import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => {
  test = await sessionDatabase();
  await test.repository.bulkCreate(
    ofAlice,
    Array.from({ length: 500 }, () => spec(alice)),
  );
  await test.dataSource.query('ANALYZE sessions');
});
afterAll(() => test.close());

/** The plan of a page of the scope in the order, on a connection that would rather not scan the table. */
async function plan(scope: string, order: string): Promise<string> {
  return test.dataSource.transaction(async (manager) => {
    await manager.query('SET LOCAL enable_seqscan = off');
    const sql = `SELECT * FROM sessions WHERE ${scope} AND deleted_at IS NULL ORDER BY ${order} LIMIT 21`;
    const lines = await manager.query<Record<string, string>[]>(`EXPLAIN ${sql}`);
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  });
}

describe('the indexes', () => {
  it.each([
    ['domain_name', 'created_at'],
    ['domain_name', 'status'],
    ['domain_name', 'name'],
    ['domain_name', 'priority'],
    ['domain_name', 'gpu_count'],
    ['user_uuid', 'created_at'],
    ['group_id', 'created_at'],
    ['access_key', 'created_at'],
  ])('hand out the sessions of a %s by %s in both directions without sorting', async (tenant, column) => {
    const value = (await test.rows())[0]![tenant] as string;

    for (const direction of ['', ' DESC']) {
      const text = await plan(`${tenant} = '${value}'`, `${column}${direction}, id${direction}`);
      const [, index] = /Index Scan (?:Backward )?using (\w+)/.exec(text) ?? [];
      const [{ definition }] = await test.dataSource.query<[{ definition: string }]>(
        'SELECT pg_get_indexdef($1::regclass) AS definition',
        [index],
      );
      expect(definition).toContain(`(${tenant}, ${column}, id)`);
      expect(text).not.toContain('Sort');
    }
  });
});
