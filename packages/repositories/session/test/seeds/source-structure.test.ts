import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Database, DbReadSession } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import { SessionRepositories, type SessionInfo, SessionNotFound } from '../../src/index.js';
import type { SessionRow } from '../../src/session-row.js';
import { alice, nobody, ofAlice, spec } from '../fixture/sessions.js';
import { type CountedDatabase, countedDatabase } from './counted-database.js';
import { sessions } from './session-operations.js';

type Sessions = Scope<SessionRow>;

class SessionDbSource {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Public: opens a dbSession of its own. */
  getSessionById(scope: Sessions, id: SessionId): Promise<SessionInfo> {
    return this.#database.beginReadonlySession((dbSession) => this.#fetchSession(dbSession, scope, id));
  }

  /** Private: is given the dbSession. */
  #fetchSession(dbSession: DbReadSession, scope: Sessions, id: SessionId): Promise<SessionInfo> {
    return dbSession.execute(sessions.get(scope, id));
  }
}

class SessionRepository {
  readonly #dbSource: SessionDbSource;

  constructor({ dbSource }: { readonly dbSource: SessionDbSource }) {
    this.#dbSource = dbSource;
  }

  getSession(scope: Sessions, id: SessionId): Promise<SessionInfo> {
    return this.#dbSource.getSessionById(scope, id);
  }
}

let test: CountedDatabase;
beforeAll(async () => void (test = await countedDatabase()));
afterAll(() => test.close());

it('a public method of a db source opens one dbSession that only reads, and hands it to its private methods', async () => {
  // Given a session, and a repository that is put together from its source
  const { repository: sessionsOfAll } = SessionRepositories.create({ database: test.database });
  const session = await sessionsOfAll.create(ofAlice, spec(alice));
  const repository = new SessionRepository({ dbSource: new SessionDbSource(test.database) });

  // When it is asked for the session
  const { statements } = await test.wire.during(() => repository.getSession(ofAlice, session.id));

  // Then one transaction was begun, which knows whose rows it may show, for one query, and is over
  expect(statements).toEqual([
    'BEGIN READ ONLY',
    expect.stringContaining('set_config'),
    expect.stringMatching(/^SELECT .* FROM "sessions"/),
    'COMMIT',
  ]);
  expect(await repository.getSession(ofAlice, session.id)).toEqual(session);
  await expect(repository.getSession(ofAlice, nobody)).rejects.toBeInstanceOf(SessionNotFound);
});
