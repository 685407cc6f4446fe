import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Database, type DbReadSession, entityOperations } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import { SessionAlreadyExists, SessionNotFound, sessionRowLevelSecurity, SessionStatus } from '../../src/index.js';
import { SessionRow } from '../../src/session-row.js';
import { type SessionDatabase, sessionDatabase } from '../fixture/session-database.js';
import { alice, nobody, ofAlice, spec } from '../fixture/sessions.js';

interface SessionInfo {
  readonly id: SessionId;
  readonly name: string;
  readonly status: SessionStatus;
  readonly createdAt: Date;
}

// What these operations give is the row, for the source alone.
const rows = entityOperations<SessionRow, SessionRow, SessionId>({
  entity: SessionRow,
  toData: (row) => row,
  notFound: (id) => new SessionNotFound(id),
  alreadyExists: () => new SessionAlreadyExists(),
  rowLevelSecurity: sessionRowLevelSecurity,
  softDelete: 'deletedAt',
});

class SessionDbSource {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Public: returns data. Throws `SessionNotFound`. */
  getSessionInfo(scope: Scope<SessionRow>, id: SessionId): Promise<SessionInfo> {
    return this.#database.beginReadonlySession(async (dbSession) => {
      const row = await this.#fetchSession(dbSession, scope, id);
      if (row === null) throw new SessionNotFound(id);
      const { name, status, createdAt } = row;
      return Object.freeze({ id, name, status, createdAt });
    });
  }

  /** Private: may return the row, or none. */
  #fetchSession(dbSession: DbReadSession, scope: Scope<SessionRow>, id: SessionId): Promise<SessionRow | null> {
    return dbSession.execute(rows.find(scope, id));
  }
}

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

it('callers get data made of a row, and never the row that a private method has read', async () => {
  const dbSource = new SessionDbSource(test.database);
  const { id, createdAt } = await test.repository.create(ofAlice, spec(alice, { name: 'mine' }));

  const session = await dbSource.getSessionInfo(ofAlice, id);

  expect(session).toEqual({ id, name: 'mine', status: SessionStatus.PENDING, createdAt });
  expect(Object.isFrozen(session)).toBe(true);
  await expect(dbSource.getSessionInfo(ofAlice, nobody)).rejects.toBeInstanceOf(SessionNotFound);
});
