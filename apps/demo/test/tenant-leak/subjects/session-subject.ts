import { newId } from '@holdfast/base';
import type { AccessKey, DomainName, ProjectId, ScalingGroupName, UserId } from '@holdfast/domain-types';
import { resourceSlot } from '@holdfast/domain-types';
import { order, unscoped } from '@holdfast/querier';
import {
  accessKeyScope,
  domainScope,
  projectScope,
  SessionOrders,
  type SessionRow,
  userScope,
} from '@holdfast/session-repository';
import type { TestDatabase } from '@holdfast/testing';
import { attempt } from '../attempt.js';
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
    status: n === 1 ? 'PENDING' : 'RUNNING',
    statusInfo: tenant.canary,
    occupyingSlots: resourceSlot({ [tenant.canary]: 1 }),
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

/** The repository of sessions, whose kernels go with them. */
export function sessionSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const standard = standardDrives(kit, call);
  const each = <Value>(values: readonly Value[], args: (tenant: Tenant, value: Value) => readonly unknown[]) =>
    (({ mine, theirs }) =>
      scopesOf(mine).flatMap((scope) =>
        [theirs, mine].flatMap((tenant) => values.map((value) => attempt(scope, ...args(tenant, value)))),
      )) as Subject['drives'][string];
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
      {
        name: 'kernels',
        ownedBy: owned,
        closed: ['status', 'domain_name'],
      },
    ],
    drives: {
      ...drives,
      getSessionById: standard['get']!,
      getSessionInfo: standard['get']!,
      listByAccessKey: each([1, 100], (tenant, limit) => [ownerOf(tenant).accessKey, limit]),
      countActiveSessionsByScalingGroup: each([{}, { includeDeleted: true }], (tenant, selection) => [
        tenant.key('group'),
        selection,
      ]),
      updateStatus: each([1, 2, 3], (tenant, n) => [tenant.uuid(n), 'TERMINATING']),
      within: withinDrive(
        test,
        repository,
        drives,
        ['get', 'loadMany'],
        ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'purge'],
      ),
    },
    async settle(tenant) {
      const ids = [1, 2, 3].map((n) => tenant.uuid(n));
      await call('bulkCreate', [seeding, [1, 2, 3].map((n) => creation(tenant, n))]);
      const { domainName, groupId, userUuid } = ownerOf(tenant);
      for (const id of ids) {
        await test.dataSource.query(
          `INSERT INTO kernels (id, session_id, agent_id, cluster_role, image, requested_slots, occupied_slots,
                                domain_name, group_id, user_uuid)
           VALUES ($1, $2, $3, $3, $3, $4, $4, $5, $6, $7)`,
          [newId(), id, tenant.canary, JSON.stringify({ [tenant.canary]: '1' }), domainName, groupId, userUuid],
        );
      }
      await call('delete', [seeding, ids[2]]);
    },
  };
}
