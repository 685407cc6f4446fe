import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TriState } from '@holdfast/base';
import { MemoryCache } from '@holdfast/cache';
import type { SessionId } from '@holdfast/domain-types';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import { SessionRepositories, type SessionRepository } from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: TestDatabase;
let repository: SessionRepository;
const cache = new MemoryCache();
beforeAll(async () => {
  test = await createTestDatabase({ entities: sessionEntities, migrations: sessionMigrations });
  ({ repository } = SessionRepositories.create({ database: test.database, cache }));
});
afterAll(async () => {
  await cache.close();
  await test.close();
});

/** Whether reads are answered by a copy: one that does not know of what was written behind its back. */
const isCopied = async (id: SessionId): Promise<boolean> => {
  const { priority } = await repository.get(ofAlice, id);
  await test.dataSource.query('UPDATE sessions SET priority = priority + 1 WHERE id = $1', [id]);
  return (await repository.get(ofAlice, id)).priority === priority;
};

it('stores no copy of a session that has environment variables, which may be secrets', async () => {
  const { id } = await repository.create(ofAlice, spec(alice, { environ: { PASSWORD: 'secret' } }));
  expect(await isCopied(id)).toBe(false);

  await repository.update(ofAlice, id, { environ: TriState.nullify() });
  expect(await isCopied(id)).toBe(true);

  await repository.update(ofAlice, id, { environ: TriState.update({ PASSWORD: 'secret' }) });
  expect(await isCopied(id)).toBe(false);
});

it('gives a session that is not copied to all who ask at the same time', async () => {
  const environ = { PASSWORD: 'secret' };
  const { id } = await repository.create(ofAlice, spec(alice, { environ }));
  const given = await Promise.all(Array.from({ length: 10 }, () => repository.get(ofAlice, id)));
  expect(given.map((session) => session.environ)).toEqual(Array(10).fill(environ));
});
