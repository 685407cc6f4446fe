import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ExecutionAlreadyExists } from '../src/index.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { inBlue } from './fixture/executions.js';

let test: ExecutionDatabase;
beforeAll(async () => void (test = await executionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE executions CASCADE'));

describe('delete and restore', () => {
  it('free a name, and take it again', async () => {
    const { id } = await test.repository.create(inBlue, { name: 'first' });
    await test.repository.delete(inBlue, id);
    const heir = await test.repository.create(inBlue, { name: 'first' });

    await expect(test.repository.restore(inBlue, id)).rejects.toBeInstanceOf(ExecutionAlreadyExists);

    await test.repository.purge(inBlue, heir.id);
    expect(await test.repository.restore(inBlue, id)).toMatchObject({ name: 'first', deletedAt: null });
  });
});
