import type { DomainName, UserId } from '@holdfast/domain-types';
import { order, searchScope, unscoped } from '@holdfast/querier';
import { domainScope, ExecutionOrders, type ExecutionRow, userScope } from '@holdfast/execution-repository';
import type { TestDatabase } from '@holdfast/testing';
import { type Drive, attempt } from '../attempt.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';

const seeding = unscoped('the rows of both tenants');
const domainOf = (tenant: Tenant): DomainName => tenant.key('domain') as DomainName;
const userOf = (tenant: Tenant): UserId => tenant.uuid(9) as UserId;

/** A new one of which every text says whose it is. */
const creation = (tenant: Tenant, n: number, values: object = {}): object => ({
  id: tenant.uuid(n),
  domainName: domainOf(tenant),
  userUuid: userOf(tenant),
  name: n === 2 ? `known-${tenant.name}` : `${tenant.canary}.${n}`,
  description: tenant.canary,
  tags: { of: tenant.canary },
  metadata: { of: tenant.canary },
  ...values,
});

const kit: Kit = {
  scopes: (tenant) => [
    domainScope(domainOf(tenant)),
    [domainScope(domainOf(tenant)), domainScope(`${domainOf(tenant)}-2` as DomainName)],
    userScope(domainOf(tenant), userOf(tenant)),
    searchScope<ExecutionRow>({ name: 'scheduled', equals: { domainName: domainOf(tenant), status: 'SCHEDULED' } }),
  ],
  id: (tenant, n) => tenant.uuid(n),
  creation,
  // A part of what is theirs would be theirs.
  belonging: (tenant) => [{ domainName: domainOf(tenant) }, { parentId: tenant.uuid(2) }],
  taken: (tenant) => ({ name: `known-${tenant.name}` }),
  change: (values) => values,
  harmless: { description: null },
  columns: { text: 'description', nullable: 'description', number: null, list: null, json: 'metadata' },
  conditions: (tenant) => [
    { domainName: { eq: domainOf(tenant) } },
    { id: { in: [1, 2, 3].map((n) => tenant.uuid(n)) } },
    { name: { eq: `known-${tenant.name}` } },
  ],
  orders: [
    ...Object.values(ExecutionOrders).map((by) => [by({ ascending: false })] as never),
    [order<ExecutionRow>('domainName') as never, order<ExecutionRow>('description', { nulls: 'first' }) as never],
  ],
};

/** The repository of executions, whose tenants are domains. */
export function executionSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const drives = offeredDrives(standardDrives(kit, call), operations);
  const updateStatus: Drive = ({ mine, theirs }) =>
    kit
      .scopes(mine)
      .flatMap((scope) =>
        [theirs, mine].flatMap((tenant) => [1, 3].map((n) => attempt(scope, tenant.uuid(n), 'RUNNING'))),
      );
  return {
    name,
    test,
    operations,
    call,
    tables: [
      {
        name: 'executions',
        ownedBy: (tenant) => `domain_name = '${domainOf(tenant)}'`,
        closed: ['status', 'domain_name'],
      },
    ],
    drives: {
      ...drives,
      updateStatus,
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
