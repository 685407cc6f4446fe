import { AgentOrders, type AgentRow, scalingGroupScope, scalingGroupScopes } from '@holdfast/agent-repository';
import type { DbWriteSession } from '@holdfast/base';
import { resourceSlot, type ScalingGroupName } from '@holdfast/domain-types';
import { order, searchScope, unscoped } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import { type Drive, attempt } from '../attempt.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';

const seeding = unscoped('the rows of both tenants');
const groupOf = (tenant: Tenant): ScalingGroupName => tenant.key('group') as ScalingGroupName;

/** An agent of which every text says whose it is. */
const creation = (tenant: Tenant, n: number, values: object = {}): object => ({
  id: tenant.uuid(n),
  region: tenant.canary,
  scalingGroupName: groupOf(tenant),
  availableSlots: resourceSlot({ cpu: n, [tenant.canary]: 1 }),
  addr: tenant.canary,
  version: tenant.canary,
  architecture: tenant.canary,
  gpuModel: tenant.canary,
  past: {
    status: 'LOST',
    firstContact: new Date(1_800_000_000_000 + n),
  },
  ...values,
});

const kit: Kit = {
  scopes: (tenant) => [
    scalingGroupScope(groupOf(tenant)),
    scalingGroupScopes([groupOf(tenant), `${groupOf(tenant)}-2` as ScalingGroupName]),
    searchScope<AgentRow>({ name: 'own', equals: { scalingGroupName: groupOf(tenant), schedulable: true } }),
  ],
  id: (tenant, n) => tenant.uuid(n),
  creation,
  belonging: (tenant) => [{ scalingGroupName: groupOf(tenant) }],
  taken: () => ({}), // nothing but the id, which is everybody's
  change: (values) => values,
  harmless: { version: 'newer' },
  columns: { text: 'region', nullable: 'lostAt', number: null, list: null, json: 'availableSlots' },
  conditions: (tenant) => [
    { scalingGroupName: { eq: groupOf(tenant) } },
    { id: { in: [1, 2, 3].map((n) => tenant.uuid(n)) } },
    { firstContact: { gt: new Date(0) } },
  ],
  orders: [
    ...Object.values(AgentOrders).map((by) => [by({ ascending: false })] as never),
    [order<AgentRow>('addr') as never, order<AgentRow>('lostAt', { nulls: 'first' }) as never],
  ],
};

/** The repository of agents, whose tenants are scaling groups. */
export function agentSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const drives = offeredDrives(standardDrives(kit, call), operations);
  const ofAgent =
    (...args: readonly unknown[]): Drive =>
    ({ mine, theirs }) =>
      kit
        .scopes(mine)
        .flatMap((scope) =>
          [theirs, mine].flatMap((tenant) => [1, 3].map((n) => attempt(scope, tenant.uuid(n), ...args))),
        );
  const search = drives['search']!;
  return {
    name,
    test,
    operations,
    call,
    tables: [
      {
        name: 'agents',
        ownedBy: (tenant) => `scaling_group_name = '${groupOf(tenant)}'`,
        closed: ['id', 'status', 'scaling_group_name'],
      },
    ],
    drives: {
      ...drives,
      updateStatus: ofAgent('TERMINATED'),
      lockCapacity: lockDrive(test, repository, ofAgent(resourceSlot({ cpu: 1 }))),
      getAgentCapacity: ofAgent(),
      // What is walked page by page, `search` itself is called for.
      listAgentsWithCapacity: async (world) => (await search(world)).filter((one) => one.call === undefined),
      within: withinDrive(
        test,
        repository,
        drives,
        ['get', 'loadMany'],
        ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'purge'],
      ),
    },
    async settle(tenant) {
      await call('bulkCreate', [seeding, [1, 2, 3].map((n) => creation(tenant, n))]);
      await call('delete', [seeding, tenant.uuid(3)]);
    },
  };
}

/** A capacity is locked in a transaction alone. */
function lockDrive({ database }: TestDatabase, repository: object, drive: Drive): Drive {
  type Within = { within(dbSession: DbWriteSession): object };
  return async (world) =>
    (await drive(world)).map((one) => ({
      ...one,
      call: () =>
        database.beginSession((dbSession) =>
          repositoryCall((repository as Within).within(dbSession))('lockCapacity', one.args),
        ),
    }));
}
