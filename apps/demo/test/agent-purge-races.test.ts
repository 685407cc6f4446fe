import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgentHasActiveKernels } from '@holdfast/agent-repository';
import { ForeignKeyViolation } from '@holdfast/base';
import {
  type AgentId,
  agentId,
  domainName,
  type KernelId,
  type ProjectId,
  resourceSlot,
  scalingGroupName,
  type UserId,
} from '@holdfast/domain-types';
import { unscoped } from '@holdfast/querier';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { entities, migrations } from '../src/domains.js';
import type { Repositories } from '../src/repositories.js';
import { demoRepositories, sessionOf } from './support/demo-repositories.js';
import { heldWrite } from './support/held-write.js';

const all = unscoped('a test');
const home = domainName('home');

let test: TestDatabase;
let repositories: Repositories;
let owner: { readonly groupId: ProjectId; readonly userUuid: UserId };
beforeAll(async () => {
  test = await createTestDatabase({ entities, migrations, pool: { max: 5 } });
  repositories = demoRepositories(test.database);
  await repositories.domains.create(all, { name: home });
  const user = { username: 'ada', email: 'ada@example.com', domainName: home };
  const { id: userUuid } = await repositories.users.create(all, user);
  const { id: groupId } = await repositories.groups.create(all, { name: 'vision', domainName: home });
  await repositories.groups.assignUsers(all, groupId, [userUuid]);
  owner = { groupId, userUuid };
});
afterAll(() => test.close());

/** An agent, and a kernel that waits, of a session that does not. */
interface World {
  readonly agent: AgentId;
  readonly kernel: KernelId;
}

let count = 0;
async function newWorld(): Promise<World> {
  const { id: agent } = await repositories.agents.create(all, {
    id: agentId(`i-${++count}`),
    region: 'local',
    scalingGroupName: scalingGroupName('default'),
    availableSlots: resourceSlot({ cpu: 4 }),
    addr: 'tcp://127.0.0.1:6001',
    version: '1.0.0',
    architecture: 'x86_64',
  });
  const spec = sessionOf(owner, { name: `raced-${count}`, domainName: home });
  const { session, kernels } = await repositories.sessions.createWithKernels(all, { ...spec, kernels: [{}] });
  await repositories.sessions.updateStatus(all, session.id, 'SCHEDULED');
  return { agent, kernel: kernels[0]!.id };
}

const place = (use: Repositories, { agent, kernel }: World): Promise<unknown> =>
  use.sessions.updateKernelStatus(all, kernel, 'SCHEDULED', { agentId: agent });
const purge = (use: Repositories, { agent }: World): Promise<unknown> => use.agents.purge(all, agent);

/** Kernels that are placed where there is no agent. */
const lost = (): Promise<readonly object[]> =>
  test.dataSource.query(`
    SELECT id FROM kernels WHERE status NOT IN ('PENDING', 'TERMINATED', 'CANCELLED')
      AND agent_id NOT IN (SELECT id FROM agents)`);

describe('a kernel that is placed while its agent goes', () => {
  it('keeps the agent, if it was placed before', async () => {
    const world = await newWorld();

    const [placed, purged] = await heldWrite(
      test,
      repositories,
      (use) => place(use, world),
      () => purge(repositories, world),
    );

    expect(placed).toMatchObject({ status: 'fulfilled' });
    expect(purged).toMatchObject({ status: 'rejected', reason: expect.any(AgentHasActiveKernels) });
    expect(await lost()).toEqual([]);
  });

  it('is not placed, if the agent was gone before', async () => {
    const world = await newWorld();

    const [purged, placed] = await heldWrite(
      test,
      repositories,
      (use) => purge(use, world),
      () => place(repositories, world),
    );

    expect(purged).toMatchObject({ status: 'fulfilled' });
    expect(placed).toMatchObject({ status: 'rejected', reason: expect.any(ForeignKeyViolation) });
    expect(await lost()).toEqual([]);
  });

  it('is never where no agent is, whoever is faster', async () => {
    for (let round = 0; round < 10; round++) {
      const world = await newWorld();

      const outcomes = await Promise.allSettled([place(repositories, world), purge(repositories, world)]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await lost()).toEqual([]);
    }
  });
});

describe('an agent', () => {
  it('is there for a kernel that is created where it runs', async () => {
    const past = { status: 'RUNNING' as const, createdAt: new Date(0) };
    const spec = {
      ...sessionOf(owner, { name: 'nowhere', domainName: home, past }),
      kernels: [{ agentId: agentId('i-none') }],
    };

    await expect(repositories.sessions.createWithKernels(all, spec)).rejects.toBeInstanceOf(ForeignKeyViolation);
  });

  it('may go when its kernels are over', async () => {
    const world = await newWorld();
    await place(repositories, world);
    await repositories.sessions.updateKernelStatus(all, world.kernel, 'CANCELLED');

    await expect(purge(repositories, world)).resolves.toMatchObject({ id: world.agent });
  });
});
