import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { observeOperations, type OperationEvent } from '@holdfast/operation';
import { type Policy, Resilience } from '@holdfast/resilience';
import {
  sessionDbSourceResilience,
  SessionNotFound,
  SessionRepositories,
  sessionRepositoryResilience,
} from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { nobody, ofAlice } from './fixture/sessions.js';

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
});
