import * as runner from '@jest/globals';
import { describeTransitions } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import {
  isLegalTransition,
  isTerminal,
  SESSION_STATUSES,
  SessionNotFound,
  SessionRepositories,
  SessionStatus,
  SessionStatusConflict,
} from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

const { afterAll, beforeAll, beforeEach, describe, expect, it } = runner;

describeTransitions(runner, 'updateStatus', {
  tables: { entities: sessionEntities, migrations: sessionMigrations },
  table: 'sessions',
  repository: (database) => SessionRepositories.create({ database }).repository,
  create: (sessions) => sessions.create(ofAlice, spec(alice)),
  createTheirs: (sessions) => sessions.create(ofBob, spec(bob)),
  move: (sessions, id, to) => sessions.updateStatus(ofAlice, id, to),
  get: (sessions, id) => sessions.get(ofAlice, id),
  delete: (sessions, id) => sessions.delete(ofAlice, id),
  missing: nobody,
  initial: 'PENDING',
  statuses: SESSION_STATUSES,
  isLegal: (from, to) => isLegalTransition(from, to),
  conflict: SessionStatusConflict,
  notFound: SessionNotFound,
});

describe('updateStatus', () => {
  let test: SessionDatabase;
  beforeAll(async () => void (test = await sessionDatabase()));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

  it('moves the session and notes when', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));
    const moved = await test.repository.updateStatus(ofAlice, session.id, SessionStatus.SCHEDULED);

    expect(moved.statusChangedAt.getTime()).toBeGreaterThanOrEqual(session.statusChangedAt.getTime());
    expect(moved.modifiedAt).toEqual(moved.statusChangedAt);
    expect(moved.terminatedAt).toBeNull();
    expect(Object.isFrozen(moved)).toBe(true);
    await expect(test.repository.updateStatus(ofAlice, session.id, 'SCHEDULED')).rejects.toMatchObject({
      code: 'session_update_conflict',
      httpStatus: 409,
    });
  });

  it.each(SESSION_STATUSES.filter((status) => isLegalTransition('PENDING', status)))(
    'notes the end of a session that is over, and of no other: %s',
    async (to) => {
      const { id } = await test.repository.create(ofAlice, spec(alice));
      const moved = await test.repository.updateStatus(ofAlice, id, to);

      expect(moved.terminatedAt).toEqual(isTerminal(to) ? moved.statusChangedAt : null);
    },
  );
});
