import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { batchQuerier } from '@holdfast/querier';
import { SessionConditions, SessionNotFound, SessionOrders } from '../../src/index.js';
import type { SessionRow } from '../../src/session-row.js';
import { type SessionDatabase, sessionDatabase } from '../fixture/session-database.js';
import { alice, ofAlice as scope, spec } from '../fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

it('the six standard operations and the three of batches carry no prefix, and do what their names say', async () => {
  const { repository } = test;
  const named = async (text: string): Promise<string[]> => {
    const conditions = [SessionConditions.nameContains(text)];
    const orders = [SessionOrders.name()];
    const querier = batchQuerier<SessionRow>({ conditions, orders, pagination: { limit: 10, offset: 0 } });
    return (await repository.search(scope, querier)).items.map(({ name, priority }) => `${name} ${priority}`);
  };

  // One
  const { id } = await repository.create(scope, spec(alice, { name: 'one' }));
  expect((await repository.get(scope, id)).name).toBe('one');
  await repository.update(scope, id, { priority: 1 });
  expect(await named('one')).toEqual(['one 1']);

  // Soft: it is there for whoever says so, and can be brought back
  await repository.delete(scope, id);
  expect(await named('one')).toEqual([]);
  expect((await repository.get(scope, id, { includeDeleted: true })).deletedAt).toBeInstanceOf(Date);

  // Hard: for good
  await repository.purge(scope, id);
  await expect(repository.get(scope, id, { includeDeleted: true })).rejects.toBeInstanceOf(SessionNotFound);

  // Many
  const many = await repository.bulkCreate(
    scope,
    ['many-a', 'many-b', 'many-c'].map((name) => spec(alice, { name })),
  );
  const ids = many.map((session) => session.id);
  expect(await repository.batchUpdate(scope, ids, { priority: 2 })).toEqual({ count: 3 });
  expect(await named('many')).toEqual(['many-a 2', 'many-b 2', 'many-c 2']);
  expect(await repository.batchDelete(scope, ids.slice(0, 2))).toEqual({ count: 2 });
  expect(await named('many')).toEqual(['many-c 2']);
  expect(await repository.batchPurge(scope, ids)).toEqual({ count: 3 });
  expect(await test.rows()).toEqual([]);
});
