import * as runner from '@jest/globals';
import { describeStatements } from '@holdfast/testing';
import { executionEntities } from '../src/entities.js';
import {
  executionMetricId,
  ExecutionMetricRepository,
  ExecutionRepositories,
  ExecutionRepository,
} from '../src/index.js';
import { executionMigrations } from '../src/migrations/index.js';
import { blue, inBlue, metricsOfAlice, nobody, spec } from './fixture/executions.js';

describeStatements(runner, 'ExecutionRepository', {
  tables: { entities: executionEntities, migrations: executionMigrations },
  repository: (database) => ExecutionRepositories.create({ database }).executionRepository,
  statements: ExecutionRepository.statements,
  calls: {
    updateStatus: async ({ repository }, rows) => {
      const specs = Array.from({ length: rows }, () => spec(blue));
      const [created] = await repository.bulkCreate(inBlue, specs);
      return () => repository.updateStatus(inBlue, created!.id, 'RUNNING');
    },
  },
});

const tables = { entities: executionEntities, migrations: executionMigrations };
const at = new Date('2026-01-01T12:00:00Z');
const range = { from: at, to: new Date('2026-01-02T12:00:00Z') };
const metricsOf = (rows: number) =>
  Array.from({ length: rows }, (_, i) => ({ name: `m${i}`, type: 'gauge' as const, points: [{ at, value: i }] }));

describeStatements(runner, 'ExecutionMetricRepository', {
  tables,
  repository: (database) => ExecutionRepositories.create({ database }).metricRepository,
  statements: ExecutionMetricRepository.statements,
  calls: {
    record: ({ repository }, rows) => Promise.resolve(() => repository.record(metricsOfAlice, metricsOf(rows))),
    listPoints: ({ repository }) =>
      Promise.resolve(() => repository.listPoints(metricsOfAlice, executionMetricId(nobody))),
    listHistograms: ({ repository }) =>
      Promise.resolve(() => repository.listHistograms(metricsOfAlice, executionMetricId(nobody))),
    aggregate: async ({ repository }, rows) => {
      await repository.record(metricsOfAlice, metricsOf(rows));
      return () => repository.aggregate(metricsOfAlice, { ...range, maxMetrics: rows });
    },
    aggregateHistograms: ({ repository }) =>
      Promise.resolve(() => repository.aggregateHistograms(metricsOfAlice, range)),
    getIncrease: ({ repository }) => Promise.resolve(() => repository.getIncrease(metricsOfAlice, range)),
  },
});
