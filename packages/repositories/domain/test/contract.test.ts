import * as runner from '@jest/globals';
import { statementCounts } from '@holdfast/base';
import { domainName } from '@holdfast/domain-types';
import { order, searchScope, type SearchScope, where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { domainEntities } from '../src/entities.js';
import { DomainAlreadyExists, DomainNotFound, DomainOrders, DomainRepositories, type DomainRow } from '../src/index.js';
import { domainMigrations } from '../src/migrations/index.js';
import { nobody, spec } from './fixture/domains.js';

/** A scope of several domains: those that came from the same system. */
const integrated = (integrationId: string): SearchScope<DomainRow> =>
  searchScope<DomainRow>({ name: 'integration', equals: { integrationId } });

describeRepository(runner, 'DomainRepository', {
  tables: { entities: domainEntities, migrations: domainMigrations },
  repository: (database) => DomainRepositories.create({ database }).repository,
  leavesOut: ['upsert', 'bulkUpsert'],
  mine: {
    scope: integrated('mine'),
    spec: (n) => spec({ name: domainName(`mine-${n}`), description: n % 2 === 0 ? 'even' : null }),
  },
  theirs: { scope: integrated('theirs'), spec: (n) => spec({ name: domainName(`theirs-${n}`) }) },
  idOf: ({ name }) => name,
  mark: ({ name }) => name,
  missing: nobody,
  byIds: (names) => where<DomainRow>({ name: { in: names } }),
  orders: [order<DomainRow>('isActive', { ascending: false }), DomainOrders.createdAt()],
  change: {
    change: { isActive: false, allowedDockerRegistries: ['cr.example.org', 'a,b'] },
    seen: { isActive: false, allowedDockerRegistries: ['cr.example.org', 'a,b'] },
  },
  nulling: { change: { description: null }, seen: { description: null } },
  invalid: { create: spec({ description: 'x'.repeat(513) }), change: { description: 'a\0b' } },
  bookkeeping: ['modifiedAt'],
  locksRows: true,
  purgesInBatches: true,
  statements: {
    purge: (workload) => statementCounts.purge({ ...workload, conflictChecks: true }),
    batchPurge: (workload) => statementCounts.batchPurge({ ...workload, conflictChecks: true }),
  },
  notFound: DomainNotFound,
  alreadyExists: DomainAlreadyExists,
});
