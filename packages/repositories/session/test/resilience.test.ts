import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { observeOperations, type OperationEvent } from '@holdfast/operation';
import { errorCode, HoldfastError } from '@holdfast/errors';
import { type Policy, Resilience, RetryPolicy } from '@holdfast/resilience';
import {
  sessionDbSourceResilience,
  SessionNotFound,
  SessionRepositories,
  sessionRepositoryResilience,
} from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, nobody, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

describe('the resilience of the repository', () => {
  it('measures and retries in the repository, and only measures in its source', () => {
    expect(sessionRepositoryResilience.describe()).toBe('metrics(retry(call))');
    expect(sessionDbSourceResilience.describe()).toBe('metrics(call)');
  });

  it('reports each layer once, under the name of the operation, and retries no error of the domain', async () => {
    const events: OperationEvent[] = [];
    const stop = observeOperations((event) => events.push(event));

    await expect(test.repository.getSessionById(ofAlice, nobody)).rejects.toBeInstanceOf(SessionNotFound);
    stop();

    expect(events.map(({ kind, at, operation }) => [kind, at?.domain, at?.layer, operation])).toEqual([
      ['started', 'repository', 'session_repository', 'getSessionById'],
      ['started', 'db_source', 'session_db_source', 'get'],
      ['ended', 'db_source', 'session_db_source', 'get'],
      ['ended', 'repository', 'session_repository', 'getSessionById'],
    ]);
  });

  it('is replaced for one instance, and for what is within a dbSession of it', async () => {
    const seen: string[] = [];
    const watching: Policy = {
      name: 'watching',
      execute: (call, next) => {
        seen.push(call.operation);
        return next(call);
      },
    };
    const resilience = new Resilience({ policies: [watching] });
    const { repository } = SessionRepositories.create({ database: test.database, resilience });

    await repository.find(ofAlice, nobody);
    await test.database.beginReadonlySession((dbSession) => repository.within(dbSession).loadMany(ofAlice, []));
    await test.repository.find(ofAlice, nobody);

    expect(seen).toEqual(['find', 'loadMany']);
  });

  it('stores a session once where a retry is around two of them and the second one fails at first', async () => {
    const around = new Resilience({ policies: [new RetryPolicy({ retryDelayMs: 1 })] });
    const names = ['around-first', 'around-second'] as const;
    let failures = 1;
    const failingOnce: Policy = {
      name: 'failing-once',
      execute: (call, next) =>
        call.operation === 'create' && failures++ === 2 ? Promise.reject(unavailable()) : next(call),
    };
    const { repository } = SessionRepositories.create({
      database: test.database,
      resilience: new Resilience({ policies: [new RetryPolicy({ retryDelayMs: 1 }), failingOnce] }),
    });

    await around.execute('createBoth', async () => {
      for (const name of names) await repository.create(ofAlice, spec(alice, { name }));
    });

    const stored = await test.dataSource.query('SELECT name FROM sessions WHERE name = ANY ($1) ORDER BY name', [
      names,
    ]);
    expect(stored).toEqual(names.map((name) => ({ name })));
  });
});

function unavailable(): HoldfastError {
  const code = errorCode('database', 'access', 'unavailable');
  return new HoldfastError({ code, message: 'It is not there.', retryable: true });
}
