import * as runner from '@jest/globals';
import { batchQuerier } from '@holdfast/querier';
import { describeStatements } from '@holdfast/testing';
import { fairShareEntities } from '../src/entities.js';
import {
  domainUsageScope,
  FairShareRepositories,
  FairShareRepository,
  fairShareSpec,
  type ObservedKernel,
  ResourceUsageRepository,
  type UsageBucketRow,
} from '../src/index.js';
import { fairShareMigrations } from '../src/migrations/index.js';
import { defaults, group, inNorth, north, project, spec, user } from './fixture/fair-shares.js';
import { kernel } from './fixture/usage-database.js';

const tables = { entities: fairShareEntities, migrations: fairShareMigrations };
const observedAt = new Date('2026-01-10T00:05:00Z');

/** Kernels of one slice each, each of a user and a project of its own. */
const kernels = (rows: number): readonly ObservedKernel[] =>
  Array.from({ length: rows }, (_, n) => kernel(n, { userUuid: user(n), projectId: project(n) }));

describeStatements(runner, 'FairShareRepository', {
  tables,
  repository: (database) => FairShareRepositories.create({ database }).repository,
  statements: FairShareRepository.statements,
  calls: {
    getEffective: ({ repository }) => Promise.resolve(() => repository.getEffective(inNorth, spec(1), defaults)),
    listEffective: ({ repository }, rows) =>
      Promise.resolve(() =>
        repository.listEffective(
          inNorth,
          Array.from({ length: rows }, (_, n) => spec(n)),
          defaults,
        ),
      ),
  },
});

describeStatements(runner, 'ResourceUsageRepository', {
  tables,
  repository: (database) => FairShareRepositories.create({ database }).usageRepository,
  statements: ResourceUsageRepository.statements,
  calls: {
    recordObservation: ({ repository }, rows) =>
      Promise.resolve(() => repository.recordObservation({ observedAt, kernels: kernels(rows) })),
    calculateFairShares: async ({ repository }, rows) => {
      // Their project and their domain have shares, too.
      const users = kernels(Math.max(1, rows - 2)).map((each) => ({ ...each, projectId: project(1) }));
      await repository.recordObservation({ observedAt, kernels: users });
      const { capacity } = defaults;
      return () => repository.calculateFairShares(group, { spec: fairShareSpec(), capacity, calculatedAt: observedAt });
    },
    searchUsageBuckets: async ({ repository }, rows) => {
      await repository.recordObservation({ observedAt, kernels: kernels(rows) });
      const querier = batchQuerier<UsageBucketRow>({ pagination: { first: 100 }, total: 'exact' });
      return () => repository.searchUsageBuckets(domainUsageScope(north), querier);
    },
    getAggregatedUsage: async ({ repository }, rows) => {
      await repository.recordObservation({ observedAt, kernels: kernels(rows) });
      return () => repository.getAggregatedUsage(domainUsageScope(north), spec(1), '2026-01-01', '2026-01-31');
    },
  },
});
