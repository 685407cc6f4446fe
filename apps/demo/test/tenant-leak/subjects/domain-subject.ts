import { DomainOrders, type DomainRow, domainScope } from '@holdfast/domain-repository';
import { type DomainName, resourceSlot } from '@holdfast/domain-types';
import { order, searchScope, unscoped } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import { attempt, type Drive } from '../attempt.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';

const seeding = unscoped('the rows of both tenants');
const ns = [1, 2, 3];

const nameOf = (tenant: Tenant, n: number): DomainName => `${tenant.token}-${n}` as DomainName;

/** A domain of which every text says whose it is. Its key is its name. */
const creation = (tenant: Tenant, n: number, { id, ...values }: { readonly id?: unknown } = {}): object => ({
  name: id ?? nameOf(tenant, n),
  description: tenant.canary,
  totalResourceSlots: resourceSlot({ cpu: n, [tenant.canary]: 1 }),
  allowedVfolderHosts: { [tenant.canary]: [tenant.canary] },
  allowedDockerRegistries: [tenant.canary],
  integrationId: tenant.key('integration'),
  ...values,
});

const kit: Kit = {
  scopes: (tenant) => [
    ns.map((n) => domainScope(nameOf(tenant, n))),
    searchScope<DomainRow>({ name: 'integration', equals: { integrationId: tenant.key('integration') } }),
  ],
  id: nameOf,
  creation,
  belonging: (tenant) => [{ integrationId: tenant.key('integration') }],
  taken: () => ({}), // nothing but the name, which is everybody's
  change: (values) => values,
  harmless: { isActive: false },
  columns: {
    text: 'description',
    nullable: 'deletedAt',
    number: null,
    list: 'allowedDockerRegistries',
    json: 'allowedVfolderHosts',
  },
  conditions: (tenant) => [
    { name: { in: ns.map((n) => nameOf(tenant, n)) } },
    { id: { in: ns.map((n) => tenant.uuid(n)) } },
    { integrationId: { eq: tenant.key('integration') } },
  ],
  orders: [
    ...Object.values(DomainOrders).map((by) => [by({ ascending: false })] as never),
    [order<DomainRow>('description') as never, order<DomainRow>('deletedAt', { nulls: 'first' }) as never],
  ],
};

/** The repository of domains: a tenant here has several. None is the default, of which there is one for everybody. */
export function domainSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const drives = offeredDrives(standardDrives(kit, call), operations);
  const selections = [{}, { includeDeleted: true }];
  const each =
    (idOf: (tenant: Tenant, n: number) => unknown): Drive =>
    ({ mine, theirs }) =>
      kit
        .scopes(mine)
        .flatMap((scope) =>
          [theirs, mine].flatMap((tenant) =>
            ns.flatMap((n) => selections.map((selection) => attempt(scope, idOf(tenant, n), selection))),
          ),
        );
  const setDefault: Drive = ({ mine, theirs }) =>
    kit
      .scopes(mine)
      .flatMap((scope) =>
        [theirs, mine].map((tenant) => ({ ...attempt(scope, nameOf(tenant, 1)), refusedFor: 'Misuse' })),
      );
  return {
    name,
    test,
    operations,
    call,
    tables: [
      {
        name: 'domains',
        ownedBy: (tenant) => `name LIKE '${tenant.token}-%'`,
        closed: ['name', 'integration_id'],
      },
    ],
    drives: {
      ...drives,
      getDomainById: each((tenant, n) => tenant.uuid(n)),
      getDomainIdByName: each(nameOf),
      findDefaultDomain: ({ mine }) =>
        kit.scopes(mine).flatMap((scope) => selections.map((selection) => attempt(scope, selection))),
      setDefault,
      within: withinDrive(
        test,
        repository,
        drives,
        ['get', 'loadMany'],
        ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'purge'],
      ),
    },
    async settle(tenant) {
      const specs = ns.map((n) => ({ ...creation(tenant, n), id: tenant.uuid(n) }));
      await call('bulkCreate', [seeding, specs]);
      await call('delete', [seeding, nameOf(tenant, 3)]);
    },
  };
}
