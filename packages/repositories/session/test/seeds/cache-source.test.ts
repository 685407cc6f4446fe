import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { MemoryCache } from '@holdfast/cache';
import { SessionDbSource, type SessionInfo, SessionStatus } from '../../src/index.js';
import { alice, nobody, ofAlice, ofBob, spec } from '../fixture/sessions.js';
import { CachedSessionRepository } from './cached-session-repository.js';
import { type CountedDatabase, countedDatabase } from './counted-database.js';
import { cachedSessions, type SessionCacheSource } from './session-cache-source.js';

let test: CountedDatabase;
let dbSource: SessionDbSource;
beforeAll(async () => {
  test = await countedDatabase();
  dbSource = new SessionDbSource(test.database);
});
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const inMemory = (): SessionCacheSource => new MemoryCache().source(cachedSessions);

/** How often the database is asked. */
const trips = async (work: () => Promise<unknown>): Promise<number> => (await test.wire.during(work)).trips;

it('a repository reads its cache first and its database on a miss, and caches nothing that it has just created', async () => {
  // Given a repository with both sources, and a session that it has created
  const repository = new CachedSessionRepository(dbSource, inMemory());
  const session = await repository.createSession(ofAlice, spec(alice));
  const read = async (): Promise<SessionInfo | null> => repository.getSession(ofAlice, session.id);

  // When it is read, the first time is a miss
  expect(await trips(read)).toBe(1);

  // Then the next one is answered by the cache
  expect(await trips(read)).toBe(0);
  expect(await read()).toEqual(session);
});

it('a repository lets its cache forget what it changes', async () => {
  const repository = new CachedSessionRepository(dbSource, inMemory());
  const { id } = await repository.createSession(ofAlice, spec(alice));
  await repository.getSession(ofAlice, id);
  const changed = await repository.updateStatus(ofAlice, id, SessionStatus.SCHEDULED);

  expect(await repository.getSession(ofAlice, id)).toEqual(changed);
  expect(await trips(() => repository.getSession(ofAlice, id))).toBe(0);
});

it('a cache source answers nobody but the tenant that has read, and remembers nothing that is not there', async () => {
  const repository = new CachedSessionRepository(dbSource, inMemory());
  const session = await repository.createSession(ofAlice, spec(alice));
  await repository.getSession(ofAlice, session.id);

  expect(await repository.getSession(ofBob, session.id)).toBeNull();
  expect(await repository.getSession(ofAlice, nobody)).toBeNull();
  expect(await trips(() => repository.getSession(ofAlice, nobody))).toBe(1);
});

it('a cache source holds no database, and a repository that has none asks the database each time', async () => {
  // Given a session, a repository without a cache source, and a cache source by itself
  const repository = new CachedSessionRepository(dbSource);
  const cacheSource = inMemory();
  const session = await repository.createSession(ofAlice, spec(alice));

  // When the cache source alone is asked, it does not ask further
  expect(await trips(() => cacheSource.get({ scope: ofAlice, id: session.id }))).toBe(0);
  expect(await cacheSource.get({ scope: ofAlice, id: session.id })).toMatchObject({ kind: 'miss' });

  // Then the repository has every answer from the database
  for (const _time of [1, 2]) expect(await trips(() => repository.getSession(ofAlice, session.id))).toBe(1);
  expect(await repository.getSession(ofAlice, session.id)).toEqual(session);
});
