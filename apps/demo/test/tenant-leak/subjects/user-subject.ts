import type { DomainName, UserId } from '@holdfast/domain-types';
import { order, searchScope, unscoped } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import { domainScope, PasswordHash, UserOrders, type UserRow, userScope } from '@holdfast/user-repository';
import { attempt } from '../attempt.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';
import { settleKeypairs, settleKernels } from './settle-users.js';

const seeding = unscoped('the rows of both tenants');
export const domainOf = (tenant: Tenant): DomainName => tenant.key('domain') as DomainName;
export const userOf = (tenant: Tenant, n: number): UserId => tenant.uuid(n) as UserId;

const PLAIN = 'correct horse battery staple';
// Of that, and cheap to verify.
const password = PasswordHash.fromPhc(
  '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$lUbZ8Jzij/5bOe3RDFNWB4YcFPBWi0usvNmLvSsyG7I',
);
const end = new Date(1_800_000_000_000);

/** A user of which every text says whose it is. */
const creation = (tenant: Tenant, n: number, values: object = {}): object => ({
  id: tenant.uuid(n),
  domainName: domainOf(tenant),
  username: n === 2 ? `known-${tenant.name}` : `${tenant.canary}.${n}`,
  email: n === 2 ? `known-${tenant.name}@example.com` : `${tenant.canary}.${n}@example.com`,
  password,
  statusInfo: tenant.canary,
  fullName: tenant.canary,
  description: tenant.canary,
  integrationId: tenant.canary,
  resourcePolicy: tenant.canary,
  allowedClientIps: ['::1'],
  containerUid: n,
  ...values,
});

const kit: Kit = {
  scopes: (tenant) => [
    domainScope(domainOf(tenant)),
    [domainScope(domainOf(tenant)), domainScope(`${domainOf(tenant)}-2` as DomainName)],
    userScope(userOf(tenant, 1)),
    searchScope<UserRow>({ name: 'active', equals: { domainName: domainOf(tenant), status: 'active' } }),
  ],
  id: (tenant, n) => tenant.uuid(n),
  creation,
  belonging: (tenant) => [{ domainName: domainOf(tenant) }],
  taken: (tenant) => ({ username: `known-${tenant.name}`, email: `known-${tenant.name}@example.com` }),
  change: (values) => values,
  harmless: { needPasswordChange: true },
  columns: { text: 'description', nullable: 'passwordChangedAt', number: 'containerUid', list: null, json: null },
  conditions: (tenant) => [
    { domainName: { eq: domainOf(tenant) } },
    { id: { in: [1, 2, 3].map((n) => tenant.uuid(n)) } },
    { email: { ieq: `KNOWN-${tenant.name}@example.com` } },
  ],
  orders: [
    ...Object.values(UserOrders).map((by) => [by({ ascending: false })] as never),
    [order<UserRow>('integrationId') as never, order<UserRow>('passwordChangedAt', { nulls: 'first' }) as never],
  ],
};

/** The tables of users, of which those of a tenant are its domain's. */
export const userTables: Subject['tables'] = [
  {
    name: 'users',
    ownedBy: (tenant) => `domain_name = '${domainOf(tenant)}'`,
    closed: ['status', 'live_status', 'role', 'domain_name', 'allowed_client_ips'],
  },
  {
    name: 'user_passwords',
    ownedBy: (tenant) => `user_id IN (SELECT id FROM users WHERE domain_name = '${domainOf(tenant)}')`,
    closed: ['hash'],
  },
  {
    name: 'keypairs',
    ownedBy: (tenant) => `domain_name = '${domainOf(tenant)}'`,
    closed: ['access_key', 'user_role', 'domain_name'],
  },
  {
    name: 'keypair_secrets',
    ownedBy: (tenant) => `access_key IN (SELECT access_key FROM keypairs WHERE domain_name = '${domainOf(tenant)}')`,
    closed: ['access_key', 'sealed'],
  },
];

/** The repository of users, whose passwords and key pairs go with them. */
export function userSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const each = (args: (tenant: Tenant, n: number) => readonly unknown[]) =>
    (({ mine, theirs }) =>
      kit
        .scopes(mine)
        .flatMap((scope) =>
          [theirs, mine].flatMap((tenant) => [1, 2, 3].map((n) => attempt(scope, ...args(tenant, n)))),
        )) as Subject['drives'][string];
  const emailOf = (tenant: Tenant, n: number): string => (creation(tenant, n) as { email: string }).email;
  const usernameOf = (tenant: Tenant, n: number): string => (creation(tenant, n) as { username: string }).username;
  const drives = offeredDrives(standardDrives(kit, call), operations);
  return {
    name,
    test,
    operations,
    call,
    tables: userTables,
    drives: {
      ...drives,
      getUserByEmail: each((tenant, n) => [emailOf(tenant, n).toUpperCase()]),
      findUserByEmail: each((tenant, n) => [emailOf(tenant, n), { includeDeleted: true }]),
      getUserByUsername: each((tenant, n) => [usernameOf(tenant, n), { includeDeleted: true }]),
      findUserByUsername: each((tenant, n) => [usernameOf(tenant, n)]),
      verifyPassword: each((tenant, n) => [
        [{ id: tenant.uuid(1) }, { email: emailOf(tenant, 2) }, { username: usernameOf(tenant, 1) }][n - 1],
        PLAIN,
      ]),
      changePassword: each((tenant, n) => [tenant.uuid(n), password]),
      updateStatus: each((tenant, n) => [tenant.uuid(n), 'inactive']),
      updateRole: each((tenant, n) => [tenant.uuid(n), 'admin']),
      getMonthlyStatistics: each((tenant, n) => [tenant.uuid(n), { end }]),
      getMonthlyStatisticsOfAll: ({ mine }) => kit.scopes(mine).map((scope) => attempt(scope, { end })),
      within: withinDrive(
        test,
        repository,
        drives,
        ['get', 'loadMany'],
        ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'delete', 'purge'],
      ),
    },
    async settle(tenant) {
      await call('bulkCreate', [seeding, [1, 2, 3].map((n) => creation(tenant, n))]);
      await settleKernels(test.dataSource, tenant, end);
      await settleKeypairs(test.dataSource, tenant);
      await call('delete', [seeding, tenant.uuid(3)]);
    },
  };
}
