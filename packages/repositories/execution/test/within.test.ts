import * as runner from '@jest/globals';
import { describeRetries } from '@holdfast/testing';
import { executionEntities } from '../src/entities.js';
import { executionDbSourceResilience, ExecutionRepositories, executionRepositoryResilience } from '../src/index.js';
import { executionMigrations } from '../src/migrations/index.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { blue, inBlue, spec } from './fixture/executions.js';

const { afterAll, beforeAll, describe, expect, it } = runner;

describe('the repository within a dbSession', () => {
  let test: ExecutionDatabase;
  beforeAll(async () => void (test = await executionDatabase()));
  afterAll(() => test.close());

  it('takes operations of its own into the unit of work', async () => {
    const failing = test.database.beginSession(async (dbSession) => {
      const repository = test.repository.within(dbSession);
      const { id } = await repository.create(inBlue, spec(blue));
      await repository.updateStatus(inBlue, id, 'RUNNING');
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toEqual([]);
  });
});

describeRetries(runner, 'ExecutionRepository', {
  tables: { entities: executionEntities, migrations: executionMigrations },
  repository: (parts) =>
    ExecutionRepositories.create({
      database: parts.database,
      resilience: parts.resilience === undefined ? {} : { executions: parts.resilience },
    }).executionRepository,
  create: (repository) => repository.create(inBlue, spec(blue)),
  count: (repository) => repository.count(inBlue, {}),
  defaults: { repository: executionRepositoryResilience, dbSource: executionDbSourceResilience },
});
