import type { AccessKey, DomainName, ProjectId, ScalingGroupName, UserId } from '@holdfast/domain-types';
import { resourceSlot } from '@holdfast/domain-types';
import { batchQuerier, order, unscoped } from '@holdfast/querier';
import {
  accessKeyScope,
  domainScope,
  KernelOrders,
  type KernelRow,
  projectScope,
  SessionOrders,
  type SessionRow,
  userScope,
} from '@holdfast/session-repository';
import type { TestDatabase } from '@holdfast/testing';
import { attempt, type Drive } from '../attempt.js';
import { pages } from '../drives/search-drive.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';

const seeding = unscoped('the rows of both tenants');

const ownerOf = (tenant: Tenant) => ({
  domainName: `${tenant.key('domain')}` as DomainName,
  groupId: tenant.uuid(9001) as ProjectId,
  userUuid: tenant.uuid(9002) as UserId,
  accessKey: `${tenant.key('key')}` as AccessKey,
});

/** Whose all of it is: a scope bounds what it names, so that a row may be of one tenant's domain and another's user. */
const owned = (tenant: Tenant): string => {
  const { domainName, groupId, userUuid } = ownerOf(tenant);
  return `domain_name = '${domainName}' AND group_id = '${groupId}' AND user_uuid = '${userUuid}'`;
};

const scopesOf = (tenant: Tenant): readonly unknown[] => {
  const { domainName, groupId, userUuid, accessKey } = ownerOf(tenant);
  const user = userScope(userUuid);
  return [
    user,
    domainScope(domainName),
    projectScope(groupId),
    accessKeyScope(accessKey),
    [user, projectScope(groupId), accessKeyScope(`${accessKey}-2` as AccessKey)],
  ];
};

/** A session of which every text says whose it is. */
const creation = (tenant: Tenant, n: number, values: object = {}): object => ({
  id: tenant.uuid(n),
  creationId: tenant.canary,
  name: n === 2 ? `known-${tenant.name}` : `${tenant.canary}.${n}`,
  type: 'batch',
  image: tenant.canary,
  requestedSlots: resourceSlot({ cpu: n, [tenant.canary]: 1 }),
  scalingGroupName: tenant.key('group') as ScalingGroupName,
  tag: tenant.canary,
  environ: { [tenant.canary]: tenant.canary },
  priority: n,
  past: {
    status: 'PENDING',
    statusInfo: tenant.canary,
    createdAt: new Date(1_800_000_000_000 + n),
  },
  ...ownerOf(tenant),
  ...values,
});

const kit: Kit = {
  scopes: scopesOf,
  id: (tenant, n) => tenant.uuid(n),
  creation,
  belonging: (tenant) => Object.entries(ownerOf(tenant)).map(([name, value]) => ({ [name]: value })),
  taken: (tenant) => ({ name: `known-${tenant.name}` }),
  change: (values) => values,
  harmless: { priority: 77 },
  relations: { one: {}, many: { kernels: 'image', vfolderMounts: 'name' } },
  columns: { text: 'tag', nullable: 'terminatedAt', number: 'priority', list: 'images', json: 'environ' },
  conditions: (tenant) => [
    ...Object.entries(ownerOf(tenant)).map(([name, value]) => ({ [name]: { eq: value } })),
    { id: { in: [1, 2, 3].map((n) => tenant.uuid(n)) } },
    { name: { eq: `known-${tenant.name}` } },
  ],
  orders: [
    ...Object.values(SessionOrders).map((by) => [by({ ascending: false })] as never),
    [order<SessionRow>('tag') as never, order<SessionRow>('accessKey', { nulls: 'first' }) as never],
  ],
};

const kernelId = (tenant: Tenant, n: number): string => tenant.uuid(20 + n);

/** The same with a kernel and a mounted folder, of which every text says whose they are, too. */
const whole = (tenant: Tenant, n: number, values: object = {}): object => ({
  ...creation(tenant, n),
  kernels: [
    {
      id: kernelId(tenant, n),
      agentId: tenant.canary,
      clusterRole: tenant.canary,
      image: tenant.canary,
      past: { status: 'PENDING', createdAt: new Date(1_800_000_000_000 + n) },
    },
  ],
  vfolderMounts: [
    {
      vfolderId: tenant.uuid(9003),
      name: tenant.canary,
      mountPath: `/${tenant.canary}`,
      subpath: tenant.canary,
      permission: 'rw',
    },
  ],
  ...values,
});

const numbers = [1, 2, 3];
const closed = ['domain_name', 'access_key'];

/** The repository of sessions, with what belongs to them. */
export function sessionSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const standard = standardDrives(kit, call);
  const each =
    <Value>(values: readonly Value[], args: (tenant: Tenant, value: Value) => readonly unknown[]): Drive =>
    ({ mine, theirs }) =>
      scopesOf(mine).flatMap((scope) =>
        [theirs, mine].flatMap((tenant) => values.map((value) => attempt(scope, ...args(tenant, value)))),
      );
  const ofSession = each(numbers, (tenant, n) => [tenant.uuid(n)]);
  /** Each session with one of the other tenant's, and one of its own. */
  const pairs: Drive = ({ mine, theirs }) =>
    scopesOf(mine).flatMap((scope) =>
      [
        [mine.uuid(1), theirs.uuid(2)],
        [theirs.uuid(1), mine.uuid(2)],
        [theirs.uuid(1), theirs.uuid(2)],
        [mine.uuid(1), mine.uuid(2)],
      ].map(([from, to]) => attempt(scope, from, [to])),
    );
  const created =
    (inList: boolean): Drive =>
    ({ mine, theirs }) => {
      const of = (spec: object): unknown => (inList ? [spec] : spec);
      const foreign = scopesOf(mine).flatMap((scope, i) =>
        [
          whole(theirs, 4),
          whole(mine, 40 + i, { dependsOn: [theirs.uuid(1)] }),
          whole(mine, 60 + i, ownerOf(theirs)),
        ].map((spec) => attempt(scope, of(spec))),
      );
      // Last, for where nobody has the id it is mine from then on.
      const taken = attempt(scopesOf(mine)[0], of(whole(mine, 50, { id: theirs.uuid(1) })));
      return [...foreign, { ...taken, differs: 'a key is taken by whoever has it' }];
    };
  const drives = offeredDrives(standard, operations);
  return {
    name,
    test,
    operations,
    call,
    tables: [
      {
        name: 'sessions',
        ownedBy: owned,
        closed: ['status', 'session_type', 'cluster_mode', 'result', 'domain_name', 'access_key', 'scaling_group_name'],
      },
      { name: 'kernels', ownedBy: owned, closed: ['status', ...closed] },
      { name: 'resource_allocations', ownedBy: owned, closed: ['slot_name', ...closed] },
      { name: 'session_vfolder_mounts', ownedBy: owned, closed: ['permission', ...closed] },
      { name: 'session_dependencies', ownedBy: owned, closed },
      { name: 'session_status_history', ownedBy: owned, closed: ['from_status', 'to_status', ...closed] },
    ],
    drives: {
      ...drives,
      createWithKernels: created(false),
      bulkCreateWithKernels: created(true),
      getSessionById: standard['get']!,
      getSessionInfo: standard['get']!,
      getSessionWithDependencies: ofSession,
      resolveSessionId: each(['name', 1, 3], (tenant, what) => [
        what === 'name' ? `known-${tenant.name}` : tenant.uuid(what as number),
      ]),
      matchSessions: each(['known-', 'canary', 8, 36], (tenant, what) => [
        typeof what === 'number' ? tenant.uuid(1).slice(0, what) : what,
        100,
      ]),
      listByAccessKey: each([1, 100], (tenant, limit) => [ownerOf(tenant).accessKey, limit]),
      countActiveSessionsByScalingGroup: each([{}, { includeDeleted: true }], (tenant, selection) => [
        tenant.key('group'),
        selection,
      ]),
      updateStatus: each(numbers, (tenant, n) => [tenant.uuid(n), 'CANCELLED']),
      getStatusHistory: ofSession,
      listKernels: ofSession,
      searchKernels: ({ mine, theirs }) =>
        scopesOf(mine).flatMap((scope) =>
          [
            ...pages.filter((page) => !('last' in page.pagination)),
            ...Object.values(KernelOrders).map((by) => ({ pagination: { first: 10 }, orders: [by() as never] })),
            { pagination: { first: 10 }, conditions: [{ sessionId: { eq: theirs.uuid(1) } } as never] },
            { pagination: { first: 10 }, conditions: [{ session: { is: { id: { eq: theirs.uuid(1) } } } } as never] },
          ].flatMap((args) => [
            attempt(scope, batchQuerier<KernelRow>(args as never)),
            attempt(scope, batchQuerier<KernelRow>(args as never), { includeDeleted: true }),
          ]),
        ),
      updateKernelStatus: each(numbers, (tenant, n) => [kernelId(tenant, n), 'SCHEDULED']),
      occupySlots: each(numbers, (tenant, n) => [kernelId(tenant, n), resourceSlot({ cpu: n })]),
      loadAllocationsBySession: each([numbers], (tenant, all) => [all.map((n) => tenant.uuid(n))]),
      loadAllocationsByKernel: each([numbers], (tenant, all) => [all.map((n) => kernelId(tenant, n))]),
      addDependencies: pairs,
      removeDependencies: pairs,
      getDependencyGraph: ofSession,
      within: withinDrive(
        test,
        repository,
        drives,
        ['get', 'loadMany'],
        ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'purge'],
      ),
    },
    async settle(tenant) {
      const specs = numbers.map((n) => whole(tenant, n, n === 2 ? { dependsOn: [tenant.uuid(1)] } : {}));
      await call('bulkCreateWithKernels', [seeding, specs]);
      await call('updateStatus', [seeding, tenant.uuid(2), 'ERROR']);
      await call('updateKernelStatus', [seeding, kernelId(tenant, 2), 'SCHEDULED', { agentId: tenant.canary }]);
      await call('delete', [seeding, tenant.uuid(3)]);
    },
  };
}
