import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { scalingGroupName } from '@holdfast/domain-types';
import { createTestDatabase, type TestDatabase, testServerUrl, WireCounter } from '@holdfast/testing';
import { ScheduleRepositories } from '../../src/index.js';
import { ClusterTables } from '../fixture/cluster-tables.js';

let wire: WireCounter;
let test: TestDatabase;
beforeAll(async () => {
  wire = await WireCounter.open(await testServerUrl());
  test = await createTestDatabase({ entities: [], migrations: [ClusterTables], through: wire });
});
afterAll(async () => {
  await test.close();
  await wire.close();
});

it('what a scheduler needs is read by three queries of one snapshot, however much it is, and computed in memory', async () => {
  // Given ten sessions that wait, and two agents of which kernels have taken something
  const { repository } = ScheduleRepositories.create({ database: test.database });
  await test.dataSource.query('INSERT INTO sessions SELECT FROM generate_series(1, 10)');
  await test.dataSource.query(`INSERT INTO agents (id) VALUES ('i-a'), ('i-b')`);
  await test.dataSource.query(`
    WITH k AS (INSERT INTO kernels (agent_id) VALUES ('i-a'), ('i-a') RETURNING id)
    INSERT INTO resource_allocations (kernel_id, slot_name, requested) SELECT id, 'cpu', 1.75 FROM k`);

  // When they are asked for
  const { statements } = await wire.during(() => repository.getSchedulingData(scalingGroupName('blue')));

  // Then three queries were asked, in one transaction, and what is left was computed from the answers
  const queries = statements.filter((sql) => !sql.includes('set_config'));
  expect(queries).toEqual([
    expect.stringMatching(/^BEGIN .*REPEATABLE READ/),
    expect.stringContaining('FROM sessions'),
    expect.stringContaining('FROM agents'),
    expect.stringContaining('JOIN resource_allocations'),
    'COMMIT',
  ]);
  const { pendingSessions, agents } = await repository.getSchedulingData(scalingGroupName('blue'));
  expect(pendingSessions).toHaveLength(10);
  expect(agents.map(({ id, freeSlots }) => [id, freeSlots])).toEqual([
    ['i-a', { cpu: '4.5' }],
    ['i-b', { cpu: '8' }],
  ]);
});
