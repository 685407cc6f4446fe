import type { DomainName, UserId } from '@holdfast/domain-types';
import {
  ExecutionMetricOrders,
  type ExecutionMetricRow,
  metricDomainScope,
  metricUserScope,
} from '@holdfast/execution-repository';
import { searchScope, unscoped } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import { type Drive, attempt } from '../attempt.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';
import { refusedToTenants } from './refused-to-tenants.js';

const seeding = unscoped('the rows of both tenants');
const domainOf = (tenant: Tenant): DomainName => tenant.key('domain') as DomainName;
const userOf = (tenant: Tenant): UserId => tenant.uuid(9) as UserId;
const executionOf = (tenant: Tenant): string => tenant.uuid(8);
const at = new Date('2026-01-01T12:00:00Z');
const range = { from: at, to: new Date('2026-01-02T12:00:00Z') };
const TABLE = 'execution_metrics';

/** A new one of which every text says whose it is. */
const creation = (tenant: Tenant, n: number, values: object = {}): object => ({
  id: tenant.uuid(n),
  domainName: domainOf(tenant),
  userUuid: userOf(tenant),
  name: n === 2 ? `known-${tenant.name}` : `${tenant.canary}.${n}`,
  type: 'counter',
  unit: tenant.canary,
  tags: { split: tenant.canary },
  metadata: { of: tenant.canary },
  ...values,
});

/** The same to be recorded, with points. */
const recorded = (tenant: Tenant, n: number, values: object = {}): object => {
  const { id: _, ...metric } = creation(tenant, n, values) as { readonly id: string };
  return { ...metric, points: [1, 2].map((value) => ({ at, step: value, value })) };
};

/** A metric of the other kind, of which nothing else is asked. */
const histogram = (tenant: Tenant): object => ({
  ...recorded(tenant, 6, { type: 'histogram', bounds: [1] }),
  points: [{ at, counts: [1, 2], sum: 3 }],
});

const kit: Kit = {
  scopes: (tenant) => [
    metricDomainScope(domainOf(tenant)),
    metricUserScope(domainOf(tenant), userOf(tenant)),
    [metricDomainScope(domainOf(tenant)), metricDomainScope(`${domainOf(tenant)}-2` as DomainName)],
    searchScope<ExecutionMetricRow>({ name: 'counters', equals: { domainName: domainOf(tenant), type: 'counter' } }),
  ],
  id: (tenant, n) => tenant.uuid(n),
  creation,
  // A metric of what is theirs would be theirs.
  belonging: (tenant) => [{ domainName: domainOf(tenant) }, { executionId: executionOf(tenant) }],
  taken: (tenant) => ({ name: `known-${tenant.name}` }),
  change: (values) => values,
  harmless: { unit: null },
  columns: { text: 'unit', nullable: 'unit', number: null, list: null, json: 'metadata' },
  conditions: (tenant) => [
    { domainName: { eq: domainOf(tenant) } },
    { id: { in: [1, 2, 3].map((n) => tenant.uuid(n)) } },
    { name: { eq: `known-${tenant.name}` } },
  ],
  orders: Object.values(ExecutionMetricOrders).map((by) => [by({ ascending: false })] as never),
};

const perMetric: Drive = ({ mine, theirs }) =>
  kit.scopes(mine).flatMap((scope) => [theirs, mine].map((tenant) => attempt(scope, tenant.uuid(2), range)));

const perRange: Drive = ({ mine, theirs }) =>
  kit
    .scopes(mine)
    .flatMap((scope) =>
      [{}, ...[theirs, mine].flatMap(kit.conditions)].map((metrics) =>
        attempt(scope, { ...range, metrics, percentiles: [0.5] }),
      ),
    );

const increases: Drive = ({ mine, theirs }) =>
  kit
    .scopes(mine)
    .flatMap((scope) =>
      [{}, ...[theirs, mine].flatMap(kit.conditions)].map((metrics) => attempt(scope, { ...range, metrics })),
    );

const records: Drive = ({ mine, theirs }) =>
  kit
    .scopes(mine)
    .flatMap((scope) => [
      attempt(scope, [recorded(mine, 2)]),
      attempt(scope, [recorded(mine, 2), recorded(theirs, 2)]),
      attempt(scope, [recorded(mine, 4, { executionId: executionOf(theirs) })]),
      attempt(scope, [recorded(mine, 5, { name: `known-${theirs.name}` })]),
    ]);

/** The repository of metrics, whose tenants are domains. */
export function executionMetricSubject(test: TestDatabase, exported: ExportedRepository): Subject {
  const { name, repository, operations } = exported;
  const call = repositoryCall(repository);
  const drives = offeredDrives(standardDrives(kit, call), operations);
  const ofMetric = (tenant: Tenant): string =>
    `metric_id IN (SELECT id FROM ${TABLE} WHERE domain_name = '${domainOf(tenant)}')`;
  return {
    name,
    test,
    operations,
    call,
    tables: [
      {
        name: TABLE,
        ownedBy: (tenant) => `domain_name = '${domainOf(tenant)}'`,
        closed: ['type', 'domain_name', 'identity'],
      },
      { name: 'execution_metric_points', ownedBy: ofMetric, closed: [] },
      { name: 'execution_metric_histograms', ownedBy: ofMetric, closed: [] },
    ],
    drives: {
      ...drives,
      // Metrics are not deleted softly: they are purged.
      delete: refusedToTenants(kit.scopes),
      restore: refusedToTenants(kit.scopes),
      batchDelete: refusedToTenants(kit.scopes),
      record: records,
      listPoints: perMetric,
      listHistograms: perMetric,
      aggregate: perRange,
      aggregateHistograms: perRange,
      getIncrease: increases,
      within: withinDrive(
        test,
        repository,
        drives,
        ['get', 'loadMany'],
        ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'purge'],
      ),
    },
    async settle(tenant) {
      await test.dataSource.query('INSERT INTO executions (id, domain_name, user_uuid, name) VALUES ($1, $2, $3, $4)', [
        executionOf(tenant),
        domainOf(tenant),
        userOf(tenant),
        tenant.canary,
      ]);
      await call('bulkCreate', [seeding, [1, 2, 3].map((n) => creation(tenant, n))]);
      await call('record', [seeding, [recorded(tenant, 2), histogram(tenant)]]);
    },
  };
}
