import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScalingGroupName, scalingGroupName } from '@holdfast/domain-types';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { ScheduleRepositories, type ScheduleRepository } from '../src/index.js';
import { ClusterTables } from './fixture/cluster-tables.js';

const blue = scalingGroupName('blue');
let test: TestDatabase;
let repository: ScheduleRepository;
beforeAll(async () => {
  test = await createTestDatabase({ entities: [], migrations: [ClusterTables], pool: { max: 4 } });
  repository = ScheduleRepositories.create({ database: test.database }).repository;
});
afterAll(() => test.close());
beforeEach(() =>
  test.dataSource.query('TRUNCATE sessions, session_dependencies, agents, kernels, resource_allocations'),
);

const insert = (table: string, row: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const columns = Object.keys(row);
  const values = columns.map((_, i) => `$${i + 1}`).join(', ');
  return test.dataSource.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`, Object.values(row));
};
/** A kernel of an agent, with what it has asked for and what it uses: by slot. */
async function kernel(
  row: Readonly<Record<string, unknown>>,
  slots: Readonly<Record<string, readonly [requested: string, used: string | null]>>,
  freedAt: string | null = null,
): Promise<void> {
  const id = randomUUID();
  await insert('kernels', { id, ...row });
  for (const [name, [requested, used]] of Object.entries(slots)) {
    await insert('resource_allocations', { kernel_id: id, slot_name: name, requested, used, freed_at: freedAt });
  }
}
const sessionIds = async (group: ScalingGroupName = blue): Promise<string[]> =>
  (await repository.getSchedulingData(group)).pendingSessions.map(({ id }) => id);
const agentIds = async (): Promise<string[]> => (await repository.getSchedulingData(blue)).agents.map(({ id }) => id);

describe('getSchedulingData', () => {
  it('gives a session with what a scheduler decides by, frozen', async () => {
    const owner = {
      domain_name: 'south',
      group_id: '00000000-0000-4000-8000-000000000001',
      user_uuid: '00000000-0000-4000-8000-000000000002',
      access_key: 'AKIABOB',
    };
    const id = '00000000-0000-4000-8000-000000000003';
    const createdAt = new Date('2026-01-02T03:04:05.678Z');
    await insert('sessions', {
      id,
      ...owner,
      priority: 7,
      created_at: createdAt,
      requested_slots: { 'cuda.shares': '0.46' },
    });

    const { pendingSessions, scalingGroupName: name } = await repository.getSchedulingData(blue);

    expect(name).toBe('blue');
    expect(pendingSessions).toEqual([
      {
        id,
        priority: 7,
        createdAt,
        requestedSlots: { 'cuda.shares': '0.46' },
        clusterMode: 'single-node',
        clusterSize: 1,
        domainName: 'south',
        groupId: owner.group_id,
        userUuid: owner.user_uuid,
        accessKey: 'AKIABOB',
      },
    ]);
    expect([pendingSessions, pendingSessions[0], pendingSessions[0]!.requestedSlots].every(Object.isFrozen)).toBe(true);
  });

  it('puts the highest priority first, then the oldest, then the lowest id', async () => {
    const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
    await insert('sessions', { id: id(4), priority: 1, created_at: '2026-01-01' });
    await insert('sessions', { id: id(3), priority: 5, created_at: '2026-01-02' });
    await insert('sessions', { id: id(2), priority: 5, created_at: '2026-01-02' });
    await insert('sessions', { id: id(1), priority: 5, created_at: '2026-01-01' });

    expect(await sessionIds()).toEqual([id(1), id(2), id(3), id(4)]);
  });

  it('leaves out sessions that do not wait, wait elsewhere, wait for their time, or are deleted', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    await insert('sessions', { id, starts_at: '2020-01-01' });
    await insert('sessions', { status: 'RUNNING' });
    await insert('sessions', { status: 'CANCELLED' });
    await insert('sessions', { scaling_group_name: 'red' });
    await insert('sessions', { starts_at: '2999-01-01' });
    await insert('sessions', { deleted_at: '2026-01-01' });

    expect(await sessionIds()).toEqual([id]);
  });

  it('offers a session when all that it waits for has terminated with success, and tells of those that wait in vain', async () => {
    // Given sessions in each state that there is, and of each two of them one that waits for both
    const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const statuses = ['PENDING', 'SCHEDULED', 'RUNNING', 'TERMINATING', 'ERROR', 'TERMINATED', 'CANCELLED'];
    const others = statuses.flatMap((status) =>
      [null, 'success', 'failure'].flatMap((result) =>
        [null, '2026-01-01'].map((deleted_at) => ({ status, result, deleted_at })),
      ),
    );
    const times = [null, '2020-01-01', '2999-01-01'];
    const waiters = others
      .flatMap((_, i) => others.slice(0, i + 1).map((_other, j) => [...new Set([j, i])]))
      .map((dependsOn, n) => ({ id: id(1_000 + n), starts_at: times[n % 3]!, dependsOn }));
    const insertAll = (table: string, rows: readonly object[]): Promise<unknown> => {
      const columns = Object.keys(rows[0]!).join(', ');
      return test.dataSource.query(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows)],
      );
    };
    await insertAll(
      'sessions',
      others.map((other, n) => ({ id: id(n), scaling_group_name: 'red', ...other })),
    );
    await insertAll(
      'sessions',
      waiters.map(({ id: one, starts_at }) => ({ id: one, starts_at, created_at: '2026-01-01' })),
    );
    await insertAll(
      'session_dependencies',
      waiters.flatMap((one) => one.dependsOn.map((n) => ({ session_id: one.id, depends_on: id(n) }))),
    );

    const { pendingSessions, blockedSessions } = await repository.getSchedulingData(blue);

    // Then those are told of that a computation apart finds
    const isUnmet = (n: number): boolean => others[n]!.status !== 'TERMINATED' || others[n]!.result !== 'success';
    const isVain = (n: number): boolean =>
      isUnmet(n) && (['TERMINATED', 'CANCELLED'].includes(others[n]!.status) || others[n]!.deleted_at !== null);
    const offered = waiters.filter((one) => one.starts_at !== '2999-01-01' && !one.dependsOn.some(isUnmet));
    const blocked = waiters.filter(({ dependsOn }) => dependsOn.some(isVain));
    expect(offered.length).toBeGreaterThan(0);
    expect(pendingSessions.map((one) => one.id)).toEqual(offered.map((one) => one.id));
    expect(blockedSessions.map((one) => [one.id, one.failedDependencies])).toEqual(
      blocked.map((one) => [one.id, one.dependsOn.filter(isVain).map(id)]),
    );
    expect([blockedSessions, ...blockedSessions].every(Object.isFrozen)).toBe(true);
    expect(pendingSessions[0]).not.toHaveProperty('failed');
  });

  it('reads across tenants', async () => {
    await insert('sessions', { domain_name: 'north' });
    await insert('sessions', { domain_name: 'south' });

    expect(await sessionIds()).toHaveLength(2);
  });

  it('leaves out agents that are not alive, closed, elsewhere, or deleted', async () => {
    await insert('agents', { id: 'i-b' });
    await insert('agents', { id: 'i-a' });
    await insert('agents', { id: 'i-lost', status: 'LOST' });
    await insert('agents', { id: 'i-closed', schedulable: false });
    await insert('agents', { id: 'i-red', scaling_group_name: 'red' });
    await insert('agents', { id: 'i-deleted', deleted_at: '2026-01-01' });

    expect(await agentIds()).toEqual(['i-a', 'i-b']);
  });

  it('computes exactly what kernels leave of an agent', async () => {
    await insert('agents', { id: 'i-a', gpu_model: 'T4', available_slots: { cpu: '8', mem: '1', 'cuda.shares': '1' } });
    await insert('agents', { id: 'i-b' });
    await kernel({ agent_id: 'i-a' }, { cpu: ['4', '1'], 'cuda.shares': ['0.5', '0.1'] });
    await kernel({ agent_id: 'i-a', status: 'ERROR' }, { cpu: ['4', '2'], 'cuda.shares': ['0.5', '0.2'] });

    const { agents } = await repository.getSchedulingData(blue);

    expect(agents).toEqual([
      {
        id: 'i-a',
        architecture: 'x86_64',
        gpuModel: 'T4',
        availableSlots: { cpu: '8', mem: '1', 'cuda.shares': '1' },
        occupiedSlots: { cpu: '3', 'cuda.shares': '0.3' },
        freeSlots: { cpu: '5', mem: '1', 'cuda.shares': '0.7' },
      },
      {
        id: 'i-b',
        architecture: 'x86_64',
        gpuModel: null,
        availableSlots: { cpu: '8' },
        occupiedSlots: {},
        freeSlots: { cpu: '8' },
      },
    ]);
    const parts = [agents, ...agents, agents[0]!.availableSlots, agents[0]!.occupiedSlots, agents[0]!.freeSlots];
    expect(parts.every(Object.isFrozen)).toBe(true);
  });

  it('counts what is reserved for a kernel until it uses something', async () => {
    await insert('agents', { id: 'i-a' });
    await kernel({ agent_id: 'i-a', status: 'SCHEDULED' }, { cpu: ['3', null] });
    await kernel({ agent_id: 'i-a' }, { cpu: ['3', '2'], mem: ['5', '0'] });

    expect((await repository.getSchedulingData(blue)).agents[0]!.occupiedSlots).toEqual({ cpu: '5', mem: '0' });
  });

  it('counts nothing of a kernel that is over, waits, has given back what it held, or runs elsewhere', async () => {
    await insert('agents', { id: 'i-a' });
    for (const status of ['TERMINATED', 'CANCELLED', 'PENDING']) {
      await kernel({ agent_id: 'i-a', status }, { cpu: ['1', '1'] });
    }
    await kernel({ agent_id: 'i-a', status: 'ERROR' }, { cpu: ['1', '1'] }, '2026-01-01');
    await kernel({ agent_id: 'i-elsewhere' }, { cpu: ['1', '1'] });
    await kernel({ agent_id: null }, { cpu: ['1', '1'] });

    expect((await repository.getSchedulingData(blue)).agents[0]!.occupiedSlots).toEqual({});
  });

  it('says so if more is taken than is there', async () => {
    await insert('agents', { id: 'i-a' });
    await kernel({ agent_id: 'i-a' }, { cpu: ['9', '9'] });

    expect((await repository.getSchedulingData(blue)).agents[0]!.freeSlots).toEqual({ cpu: '-1' });
  });

  it('gives nothing for a scaling group that nobody knows', async () => {
    expect(await repository.getSchedulingData(scalingGroupName('none'))).toEqual({
      scalingGroupName: 'none',
      pendingSessions: [],
      blockedSessions: [],
      agents: [],
    });
  });

  it('shows one moment, whatever is committed while it reads', async () => {
    await insert('agents', { id: 'i-before' });
    const other = test.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query('LOCK TABLE agents IN ACCESS EXCLUSIVE MODE');

    // Given a reading that has its sessions and waits for the agents
    const reading = repository.getSchedulingData(blue);
    await untilSomebodyWaitsFor('agents');
    // When both change
    await other.query(`INSERT INTO agents (id) VALUES ('i-after')`);
    await other.query('INSERT INTO sessions DEFAULT VALUES');
    await other.commitTransaction();
    await other.release();

    // Then it sees neither
    expect((await reading).agents.map(({ id }) => id)).toEqual(['i-before']);
    expect((await reading).pendingSessions).toEqual([]);
    expect(await agentIds()).toEqual(['i-after', 'i-before']);
  });

  it('gives its connection back', async () => {
    await repository.getSchedulingData(blue);

    const { total, idle } = test.database.poolFigures();
    expect(idle).toBe(total);
  });
});

async function untilSomebodyWaitsFor(table: string): Promise<void> {
  for (;;) {
    const waiting = await test.dataSource.query<unknown[]>(
      `SELECT FROM pg_locks WHERE NOT granted AND relation = $1::regclass
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [table],
    );
    if (waiting.length > 0) return;
  }
}
