import * as runner from '@jest/globals';
import { where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { executionEntities } from '../src/entities.js';
import {
  ExecutionMetricAlreadyExists,
  executionMetricId,
  ExecutionMetricNotFound,
  ExecutionMetricOrders,
  type ExecutionMetricRow,
  ExecutionRepositories,
} from '../src/index.js';
import { executionMigrations } from '../src/migrations/index.js';
import { alice, blue, bob, metricsOfAlice, metricsOfBob, nobody, red } from './fixture/executions.js';

const metric = (n: number) => ({ name: `metric ${n}`, type: 'gauge' as const, unit: 's' });

const softDeletion: object = { delete: undefined, restore: undefined, batchDelete: undefined };

describeRepository(runner, 'ExecutionMetricRepository', {
  tables: { entities: executionEntities, migrations: executionMigrations },
  // What is of soft deletion does not compile, and is there all the same.
  repository: (database) => Object.assign(ExecutionRepositories.create({ database }).metricRepository, softDeletion),
  leavesOut: ['upsert', 'bulkUpsert', 'delete', 'restore', 'batchDelete'],
  mine: { scope: metricsOfAlice, spec: (n) => ({ ...metric(n), domainName: blue, userUuid: alice }) },
  theirs: { scope: metricsOfBob, spec: (n) => ({ ...metric(n), domainName: red, userUuid: bob }) },
  idOf: ({ id }) => id,
  mark: ({ name }) => name,
  missing: executionMetricId(nobody),
  byIds: (ids) => where<ExecutionMetricRow>({ id: { in: ids } }),
  orders: Object.values(ExecutionMetricOrders).map((by) => by({ ascending: false })),
  change: { change: { metadata: { changed: true } }, seen: { metadata: { changed: true } } },
  nulling: { change: { unit: null }, seen: { unit: null } },
  invalid: { create: { name: '', type: 'gauge' }, change: { metadata: 'none' as never } },
  bookkeeping: ['modifiedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: ExecutionMetricNotFound,
  alreadyExists: ExecutionMetricAlreadyExists,
});
