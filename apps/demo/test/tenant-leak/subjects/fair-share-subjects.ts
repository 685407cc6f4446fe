import { newId } from '@holdfast/base';
import { type DomainName, type KernelId, type ProjectId, resourceSlot, type UserId } from '@holdfast/domain-types';
import type { ScalingGroupName } from '@holdfast/domain-types';
import {
  domainFairShareSearchScope,
  domainUsageScope,
  fairShareIdOf,
  type FairShareKey,
  FairShareOrders,
  type FairShareRow,
  fairShareSpec,
  projectUsageScope,
  type UsageBucketRow,
  userUsageScope,
} from '@holdfast/fair-share-repository';
import { batchQuerier, order, searchScope, unscoped } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import { attempt, type Drive } from '../attempt.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { pages } from '../drives/search-drive.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';

const seeding = unscoped('the rows of both tenants');
const ns = [1, 2, 3];
const spec = fairShareSpec();
const from = '2026-01-01';
const to = '2026-12-31';

const domainOf = (tenant: Tenant): DomainName => tenant.key('domain') as DomainName;
const groupOf = (tenant: Tenant): ScalingGroupName => tenant.key('group') as ScalingGroupName;

const keys = new Map<string, FairShareKey>();
const keyById = new Map<unknown, FairShareKey>();

/** The key of a tenant's row: of a user whose id makes the row's begin with its number, so that rows are in one order in all worlds. */
function keyOf(tenant: Tenant, n: number): FairShareKey {
  const known = keys.get(tenant.uuid(n));
  if (known !== undefined) return known;
  const begins = (n % 256).toString(16).padStart(2, '0');
  for (;;) {
    const key = {
      resourceGroupName: groupOf(tenant),
      domainName: domainOf(tenant),
      projectId: tenant.uuid(n) as ProjectId,
      userUuid: newId() as UserId,
    };
    const id = fairShareIdOf(key);
    if (!id.startsWith(begins)) continue;
    keys.set(tenant.uuid(n), key);
    keyById.set(id, key);
    return key;
  }
}

const idOf = (tenant: Tenant, n: number): unknown => fairShareIdOf(keyOf(tenant, n));
const capacityOf = (tenant: Tenant): object => resourceSlot({ cpu: 4, [tenant.canary]: 1 });

/** The share of a user. An id is whose share it is. */
const creation = (
  tenant: Tenant,
  n: number,
  { id, domainName = domainOf(tenant), ...values }: { readonly id?: unknown; readonly domainName?: unknown } = {},
): object => ({
  ...(id === undefined ? { ...keyOf(tenant, n), domainName } : keyById.get(id)),
  weight: n,
  resourceWeights: capacityOf(tenant),
  ...values,
});

const kit: Kit = {
  scopes: (tenant) => [
    domainFairShareSearchScope(domainOf(tenant)),
    [
      domainFairShareSearchScope(domainOf(tenant), { resourceGroupName: groupOf(tenant) }),
      domainFairShareSearchScope(`${domainOf(tenant)}-2` as DomainName),
    ],
    searchScope<FairShareRow>({ name: 'users', equals: { domainName: domainOf(tenant), level: 'user' } }),
  ],
  id: idOf,
  creation,
  belonging: (tenant) => [{ domainName: domainOf(tenant) }],
  taken: () => ({}), // nothing but whose share it is
  change: (values) => values,
  harmless: { weight: '7' },
  columns: { text: 'resourceGroupName', nullable: 'deletedAt', number: null, list: null, json: 'resourceWeights' },
  conditions: (tenant) => [
    { domainName: { eq: domainOf(tenant) } },
    { id: { in: ns.map((n) => idOf(tenant, n)) } },
    { projectId: { in: ns.map((n) => tenant.uuid(n)) } },
  ],
  orders: [
    ...Object.values(FairShareOrders).map((by) => [by({ ascending: false })] as never),
    [order<FairShareRow>('weight', { nulls: 'last' }) as never, order<FairShareRow>('deletedAt') as never],
  ],
};

/** The repository of fair shares, whose tenants are domains. */
export function fairShareSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const drives = offeredDrives(standardDrives(kit, call), operations);
  const effective =
    (args: (tenant: Tenant) => readonly unknown[]): Drive =>
    ({ mine, theirs }) =>
      kit
        .scopes(mine)
        .flatMap((scope) =>
          [theirs, mine].flatMap((tenant) =>
            args(tenant).map((asked) => attempt(scope, asked, { spec, capacity: resourceSlot({ cpu: 4 }) })),
          ),
        );
  return {
    name,
    test,
    operations,
    call,
    tables: [
      {
        name: 'fair_shares',
        ownedBy: (tenant) => `domain_name = '${domainOf(tenant)}'`,
        closed: ['id', 'level', 'domain_name', 'resource_group_name', 'project_id', 'user_uuid'],
      },
    ],
    drives: {
      ...drives,
      getEffective: effective((tenant) => ns.map((n) => keyOf(tenant, n))),
      listEffective: effective((tenant) => [ns.map((n) => keyOf(tenant, n))]),
      within: withinDrive(
        test,
        repository,
        drives,
        ['get', 'loadMany'],
        ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'purge'],
      ),
    },
    async settle(tenant) {
      await call('bulkCreate', [seeding, ns.map((n) => creation(tenant, n))]);
      await call('delete', [seeding, idOf(tenant, 3)]);
      // As a calculation would leave it.
      await test.dataSource.query(
        'UPDATE fair_shares SET total_decayed_usage = resource_weights WHERE domain_name = $1',
        [domainOf(tenant)],
      );
    },
  };
}

const inOneOrder = [
  order<UsageBucketRow>('projectId', { nulls: 'first' }),
  order<UsageBucketRow>('level'),
  order<UsageBucketRow>('slotName'),
];

/** What a tenant's kernels used: an observation of them. */
const observation = (tenant: Tenant, hour: number): object => ({
  observedAt: new Date(Date.UTC(2026, 0, 10, hour)),
  kernels: ns.map((n) => ({
    kernelId: tenant.uuid(100 + n) as KernelId,
    ...keyOf(tenant, n),
    occupiedSlots: capacityOf(tenant),
    startedAt: new Date(Date.UTC(2026, 0, 10)),
    terminatedAt: null,
  })),
});

const calculation = (tenant: Tenant): object => ({
  spec,
  capacity: capacityOf(tenant),
  calculatedAt: new Date(Date.UTC(2026, 0, 10)),
});

/**
 * The repository of what was used. Observations and calculations are for all tenants, by design: what bounds them is who
 * is observed, and the resource group, and the tenants of this test have one each.
 */
export function resourceUsageSubject(
  test: TestDatabase,
  { name, repository, operations }: ExportedRepository,
): Subject {
  const call = repositoryCall(repository);
  const scopes = (tenant: Tenant): readonly unknown[] => [
    domainUsageScope(domainOf(tenant)),
    [
      projectUsageScope(domainOf(tenant), tenant.uuid(1) as ProjectId),
      userUsageScope(domainOf(tenant), keyOf(tenant, 2).userUuid!),
    ],
  ];
  const drives: Readonly<Record<string, Drive>> = {
    recordObservation: ({ mine }) => [attempt(observation(mine, 1)), attempt(observation(mine, 2))],
    calculateFairShares: ({ mine }) => [attempt(groupOf(mine), calculation(mine))],
    searchUsageBuckets: ({ mine }) =>
      scopes(mine).flatMap((scope) =>
        pages.map((page) => attempt(scope, batchQuerier({ ...page, orders: inOneOrder } as never))),
      ),
    getAggregatedUsage: ({ mine, theirs }) =>
      scopes(mine).flatMap((scope) =>
        [theirs, mine].flatMap((tenant) => ns.map((n) => attempt(scope, keyOf(tenant, n), from, to))),
      ),
  };
  const tables = ['usage_bucket_entries', 'kernel_usage_records', 'fair_shares'];
  return {
    name,
    test,
    operations,
    call,
    tables: tables.map((table) => ({
      name: table,
      ownedBy: (tenant: Tenant) => `domain_name = '${domainOf(tenant)}'`,
      closed: ['domain_name', 'resource_group_name', 'level'],
    })),
    drives: {
      ...drives,
      within: withinDrive(
        test,
        repository,
        drives,
        ['searchUsageBuckets', 'getAggregatedUsage'],
        ['recordObservation', 'calculateFairShares'],
      ),
    },
    async settle(tenant) {
      await call('recordObservation', [observation(tenant, 1)]);
      await call('calculateFairShares', [groupOf(tenant), calculation(tenant)]);
      // What somebody has given them.
      await test.dataSource.query(
        'UPDATE fair_shares SET resource_weights = total_decayed_usage WHERE domain_name = $1',
        [domainOf(tenant)],
      );
    },
  };
}
