import * as runner from '@jest/globals';
import { describeTransitions } from '@holdfast/testing';
import { executionEntities } from '../src/entities.js';
import { EXECUTION_STATUSES, ExecutionNotFound, ExecutionRepositories, ExecutionStatusConflict } from '../src/index.js';
import { executionMigrations } from '../src/migrations/index.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/executions.js';

const { afterAll, beforeAll, describe, expect, it } = runner;

describeTransitions(runner, 'updateStatus', {
  tables: { entities: executionEntities, migrations: executionMigrations },
  table: 'executions',
  repository: (database) => ExecutionRepositories.create({ database }).executionRepository,
  create: (repository) => repository.create(inBlue, spec(blue)),
  createTheirs: (repository) => repository.create(inRed, spec(red)),
  move: (repository, id, to) => repository.updateStatus(inBlue, id, to),
  get: (repository, id) => repository.get(inBlue, id),
  delete: (repository, id) => repository.delete(inBlue, id),
  missing: nobody,
  initial: 'SCHEDULED',
  statuses: EXECUTION_STATUSES,
  // A second way to know the answer: nothing is scheduled again; everything runs that does not; it finishes when it runs.
  isLegal: (from, to) => {
    if (to === 'SCHEDULED') return false;
    if (to === 'RUNNING') return from !== 'RUNNING';
    return from === 'RUNNING' || (from === 'SCHEDULED' && to !== 'FINISHED');
  },
  conflict: ExecutionStatusConflict,
  notFound: ExecutionNotFound,
});

describe('updateStatus', () => {
  let test: ExecutionDatabase;
  beforeAll(async () => void (test = await executionDatabase()));
  afterAll(() => test.close());

  it('keeps the time, and says of what it refuses that it is a conflict', async () => {
    const created = await test.repository.create(inBlue, spec(blue));

    const active = await test.repository.updateStatus(inBlue, created.id, 'RUNNING');
    expect(active).toMatchObject({ startedAt: active.statusChangedAt, endedAt: null });
    expect(active.statusChangedAt.toISOString() > created.statusChangedAt.toISOString()).toBe(true);
    await expect(test.repository.updateStatus(inBlue, created.id, 'SCHEDULED')).rejects.toMatchObject({
      code: 'execution_update_conflict',
      httpStatus: 409,
    });
  });
});
