import { expect, it } from '@jest/globals';
import { createTestDatabase, withTables } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';

it('the entities make and drop their tables by themselves, for tests without migrations', async () => {
  const test = await createTestDatabase({ entities: [] });
  const tables = async (): Promise<unknown> =>
    test.dataSource.query(`SELECT to_regclass('sessions') AS sessions, to_regclass('kernels') AS kernels`);

  await withTables(test.dataSource, sessionEntities, async () => {
    expect(await tables()).toEqual([{ sessions: 'sessions', kernels: 'kernels' }]);
  });

  expect(await tables()).toEqual([{ sessions: null, kernels: null }]);
  await test.close();
});
