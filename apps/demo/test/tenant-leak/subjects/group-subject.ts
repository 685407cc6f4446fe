import { type DomainName, type ProjectId, resourceSlot, type UserId } from '@holdfast/domain-types';
import { domainScope, GroupOrders, type GroupRow, projectScope, userScope } from '@holdfast/group-repository';
import { batchQuerier, order, unscoped } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import { attempt, type Drive } from '../attempt.js';
import { everyScope, type Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { pages } from '../drives/search-drive.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';

const seeding = unscoped('the rows of both tenants');
const ns = [1, 2, 3];

const domainOf = (tenant: Tenant): DomainName => tenant.key('domain') as DomainName;
const idOf = (tenant: Tenant, n: number): ProjectId => tenant.uuid(n) as ProjectId;
const userOf = (tenant: Tenant, n = 9002): UserId => tenant.uuid(n) as UserId;
const groupNameOf = (tenant: Tenant, n: number): string => (n === 2 ? `known-${tenant.name}` : `${tenant.canary}.${n}`);

/** A group of which every text says whose it is. */
const creation = (tenant: Tenant, n: number, values: object = {}): object => ({
  id: tenant.uuid(n),
  name: groupNameOf(tenant, n),
  domainName: domainOf(tenant),
  description: tenant.canary,
  totalResourceSlots: resourceSlot({ cpu: n, [tenant.canary]: 1 }),
  integrationId: tenant.canary,
  containerRegistry: { registry: tenant.canary, project: tenant.canary },
  ...values,
});

const kit: Kit = {
  scopes: (tenant) => [
    domainScope(domainOf(tenant)),
    ns.map((n) => projectScope(idOf(tenant, n))),
    [userScope(userOf(tenant)), domainScope(`${domainOf(tenant)}-2` as DomainName)],
  ],
  conditionalScopes: (tenant) => [userScope(userOf(tenant))],
  id: idOf,
  creation,
  belonging: (tenant) => [{ domainName: domainOf(tenant) }],
  taken: (tenant) => ({ name: `known-${tenant.name}` }),
  change: (values) => values,
  harmless: { isActive: false },
  columns: { text: 'description', nullable: 'deletedAt', number: null, list: null, json: 'containerRegistry' },
  relations: { one: {}, many: { members: 'userUuid' } },
  conditions: (tenant) => [
    { domainName: { eq: domainOf(tenant) } },
    { id: { in: ns.map((n) => idOf(tenant, n)) } },
    { name: { eq: `known-${tenant.name}` } },
    ...['some', 'none', 'every'].map((operator) => ({
      members: { [operator]: { userUuid: { eq: userOf(tenant) } } },
    })),
  ],
  orders: [
    ...Object.values(GroupOrders).map((by) => [by({ ascending: false })] as never),
    [order<GroupRow>('description') as never, order<GroupRow>('deletedAt', { nulls: 'first' }) as never],
  ],
};

/** The repository of groups, whose memberships go with them. */
export function groupSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const drives = offeredDrives(standardDrives(kit, call), operations);
  const each =
    (args: (tenant: Tenant, n: number) => readonly (readonly unknown[])[]): Drive =>
    ({ mine, theirs }) =>
      everyScope(kit, mine).flatMap((scope) =>
        [theirs, mine].flatMap((tenant) => ns.flatMap((n) => args(tenant, n).map((rest) => attempt(scope, ...rest)))),
      );
  const ofMember = each((tenant, n) => [
    [idOf(tenant, n), userOf(tenant)],
    [idOf(tenant, n), userOf(tenant, 9009)],
  ]);
  const ofMembers = each((tenant, n) => [[idOf(tenant, n), [userOf(tenant, 9003), userOf(tenant, 9004)]]]);
  // A name that is asked for comes back in the error: those that are asked for are known.
  const byName = each((tenant) => [[domainOf(tenant), groupNameOf(tenant, 2)]]);
  return {
    name,
    test,
    operations,
    call,
    tables: [
      {
        name: 'groups',
        ownedBy: (tenant) => `domain_name = '${domainOf(tenant)}'`,
        closed: ['domain_name', 'type'],
      },
      { name: 'group_members', ownedBy: (tenant) => `group_id::text LIKE '${tenant.token}-%'`, closed: [] },
    ],
    drives: {
      ...drives,
      getGroupByName: byName,
      getGroupIdByName: byName,
      assignUsers: ofMembers,
      unassignUsers: ofMembers,
      isMember: ofMember,
      requireMember: ofMember,
      listMembers: each((tenant, n) => pages.map((page) => [idOf(tenant, n), batchQuerier(page)])),
      within: withinDrive(
        test,
        repository,
        { ...drives, assignUsers: ofMembers, unassignUsers: ofMembers },
        ['get', 'loadMany'],
        ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'assignUsers', 'unassignUsers', 'purge'],
      ),
    },
    async settle(tenant) {
      await call('bulkCreate', [seeding, ns.map((n) => creation(tenant, n))]);
      const users = [userOf(tenant), userOf(tenant, 9003)];
      for (const n of ns) await call('assignUsers', [seeding, idOf(tenant, n), users]);
      await call('delete', [seeding, idOf(tenant, 3)]);
    },
  };
}
