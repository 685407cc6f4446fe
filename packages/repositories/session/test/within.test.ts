import * as runner from '@jest/globals';
import { describeRetries } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import { SessionRepositories, sessionDbSourceResilience, sessionRepositoryResilience } from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

const { afterAll, beforeAll, describe, expect, it } = runner;

describe('the repository within a dbSession', () => {
  let test: SessionDatabase;
  beforeAll(async () => void (test = await sessionDatabase()));
  afterAll(() => test.close());

  it('takes what is particular to sessions into the unit of work', async () => {
    const failing = test.database.beginSession(async (dbSession) => {
      const sessions = test.repository.within(dbSession);
      const { id } = await sessions.create(ofAlice, spec(alice));
      await sessions.updateStatus(ofAlice, id, 'SCHEDULED');
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toEqual([]);
  });
});

describeRetries(runner, 'SessionRepository', {
  tables: { entities: sessionEntities, migrations: sessionMigrations },
  repository: (parts) => SessionRepositories.create(parts).repository,
  create: (sessions) => sessions.create(ofAlice, spec(alice)),
  count: (sessions) => sessions.count(ofAlice, {}),
  defaults: { repository: sessionRepositoryResilience, dbSource: sessionDbSourceResilience },
});
