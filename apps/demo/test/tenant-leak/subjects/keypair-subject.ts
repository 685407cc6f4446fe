import type { DomainName } from '@holdfast/domain-types';
import { searchScope } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import {
  domainScope,
  keypairDomainScope,
  KeypairOrders,
  type KeypairRow,
  keypairUserScope,
} from '@holdfast/user-repository';
import { attempt } from '../attempt.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';
import { keyOf } from './settle-users.js';
import { domainOf, userOf, userTables } from './user-subject.js';
import { refusedToTenants } from './refused-to-tenants.js';

const kit: Kit = {
  scopes: (tenant) => [
    keypairDomainScope(domainOf(tenant)),
    [keypairDomainScope(domainOf(tenant)), keypairDomainScope(`${domainOf(tenant)}-2` as DomainName)],
    keypairUserScope(userOf(tenant, 1)),
    searchScope<KeypairRow>({ name: 'on', equals: { domainName: domainOf(tenant), isActive: true } }),
  ],
  id: keyOf,
  creation: () => ({}),
  belonging: (tenant) => [{ domainName: domainOf(tenant) }, { userId: userOf(tenant, 1) }],
  taken: () => ({}),
  change: (values) => values,
  harmless: {},
  columns: { text: 'resourcePolicy', nullable: 'lastUsedAt', number: 'rateLimit', list: null, json: null },
  conditions: (tenant) => [
    { domainName: { eq: domainOf(tenant) } },
    { userId: { eq: userOf(tenant, 1) } },
    { accessKey: { in: [1, 2, 3].map((n) => keyOf(tenant, n)) } },
    { predecessor: { startsWith: tenant.canary } },
  ],
  orders: Object.values(KeypairOrders).map((by) => [by({ ascending: false })] as never),
};

const differs = 'key pairs are made at random';

/** The repository of key pairs, on the rows of users. */
export function keypairSubject(
  test: TestDatabase,
  { name, repository, operations }: ExportedRepository,
  made: readonly Subject[],
): Subject {
  const call = repositoryCall(repository);
  const users = made.find((subject) => subject.name === 'user/UserRepository')!;
  type Args = (tenant: Tenant, n: number) => readonly unknown[];
  const each = (args: Args, scopes = kit.scopes, isRandom = false) =>
    (({ mine, theirs }) =>
      scopes(mine).flatMap((scope) =>
        [theirs, mine].flatMap((tenant) =>
          [1, 2, 3].map((n) => ({
            ...attempt(scope, ...args(tenant, n)),
            ...(isRandom && tenant === mine ? { differs } : {}),
          })),
        ),
      )) as Subject['drives'][string];
  const key: Args = (tenant, n) => [keyOf(tenant, n)];
  const userScopes = (tenant: Tenant): readonly unknown[] => [domainScope(domainOf(tenant))];
  const drives = offeredDrives(standardDrives(kit, call), operations);
  const own = {
    findDefaultKeypair: each((tenant, n) => [userOf(tenant, n)]),
    findSigningKey: each(key),
    createKeypair: each((tenant, n) => [userOf(tenant, n), { isDefault: n === 1 }], userScopes, true),
    rotateKeypair: each(key, kit.scopes, true),
    setDefaultKeypair: each(key),
    activateKeypair: each(key),
    deactivateKeypair: each(key),
    revokeKeypair: each(key),
    noteKeypairUse: each(key),
    resealSecrets: refusedToTenants(kit.scopes),
  };
  return {
    name,
    test,
    operations,
    call,
    tables: userTables,
    drives: {
      ...drives,
      ...own,
      within: withinDrive(
        test,
        repository,
        { ...drives, ...own },
        ['get', 'loadMany', 'findSigningKey'],
        ['activateKeypair', 'setDefaultKeypair', 'revokeKeypair'],
      ),
    },
    settle: users.settle,
  };
}
