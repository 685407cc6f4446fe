import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PlanNode } from '@holdfast/base';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import { UserRepositories, type UserRepository } from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { monthlyStatistics } from '../src/statistics/monthly-statistics-spec.js';
import { ClusterTables } from './fixture/cluster-tables.js';
import { blue, inBlue, spec } from './fixture/users.js';

let test: TestDatabase;
let users: UserRepository;
beforeAll(async () => {
  test = await createTestDatabase({ entities: userEntities, migrations: [...userMigrations, ClusterTables] });
  users = UserRepositories.create({ database: test.database }).repository;
});
afterAll(() => test.close());

const end = new Date('2025-11-05T07:08:09.123Z');
const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

it('looks at no kernel that was over before the month, of a user or of all', async () => {
  const alice = await users.create(inBlue, spec(blue));
  const bob = await users.create(inBlue, spec(blue));
  await test.dataSource.query(
    `INSERT INTO kernels (user_uuid, scheduled_at, terminated_at, status)
     SELECT u, $2::timestamptz - n * interval '1 minute', $2::timestamptz - n * interval '59 seconds', 'TERMINATED'
     FROM generate_series(50000, 60000) n, unnest($1::uuid[]) u`,
    [[alice.id, bob.id], end],
  );
  await test.dataSource.query(
    `INSERT INTO kernels (user_uuid, scheduled_at, terminated_at) VALUES
       ($1, $3, NULL), ($1, $3, $3::timestamptz + interval '1 hour'), ($2, $3, NULL)`,
    [alice.id, bob.id, new Date(end.getTime() - 86_400_000)],
  );
  await test.dataSource.query('ANALYZE');

  for (const [id, running] of [
    [alice.id, 2],
    [null, 3],
  ] as const) {
    const { Plan } = await test.database.explain(monthlyStatistics(inBlue, id, { end }), { analyze: true });
    const scans = nodesOf(Plan).filter((node) => node['Relation Name'] === 'kernels');
    const read = scans.map(
      (scan) => (scan['Actual Rows']! + (scan['Rows Removed by Filter'] ?? 0)) * scan['Actual Loops']!,
    );
    expect(read.reduce((sum, rows) => sum + rows, 0)).toBe(running);
  }
});
