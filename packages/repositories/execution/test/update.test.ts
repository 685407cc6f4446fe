import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { ExecutionAlreadyExists, type ExecutionInfo } from '../src/index.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { inBlue } from './fixture/executions.js';

let test: ExecutionDatabase;
beforeAll(async () => void (test = await executionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE executions CASCADE'));

describe('update', () => {
  let created: ExecutionInfo;
  beforeEach(async () => {
    created = await test.repository.create(inBlue, { name: 'first', description: 'the first one' });
  });

  it('changes what is given and leaves what is absent', async () => {
    const updated = await test.repository.update(inBlue, created.id, { description: null });

    expect(updated).toEqual({ ...created, description: null, modifiedAt: updated.modifiedAt });
  });

  it('refuses a name that is taken, and one that is empty', async () => {
    await test.repository.create(inBlue, { name: 'second' });
    const before = await test.rows();

    await expect(test.repository.update(inBlue, created.id, { name: 'second' })).rejects.toBeInstanceOf(
      ExecutionAlreadyExists,
    );
    await expect(test.repository.update(inBlue, created.id, { name: '' })).rejects.toMatchObject({
      reason: 'INVALID_VALUE',
      pointer: '/name',
    });
    expect(await test.rows()).toEqual(before);
  });

  it.each([{ status: 'RUNNING' }, { domainName: 'red' }, { id: 'another' }])(
    'refuses to change %j this way, got around the compiler',
    async (change) => {
      const failure = test.repository.update(unscoped('an administrator'), created.id, change as never);

      await expect(failure).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: `/${Object.keys(change)[0]}` });
    },
  );
});
