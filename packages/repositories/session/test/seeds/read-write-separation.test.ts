import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Database, newId, ReadOnlyTransaction } from '@holdfast/base';
import { sessionId, type SessionId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import { type SessionCreationSpec, type SessionInfo, SessionStatus } from '../../src/index.js';
import { sessionCreator } from '../../src/session-creator.js';
import type { SessionRow } from '../../src/session-row.js';
import { alice, ofAlice, spec } from '../fixture/sessions.js';
import { type CountedDatabase, countedDatabase } from './counted-database.js';
import { sessions } from './session-operations.js';

type Sessions = Scope<SessionRow>;

class SessionDbSource {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Only reads. */
  getSession(scope: Sessions, id: SessionId): Promise<SessionInfo> {
    return this.#database.beginReadonlySession((dbSession) => dbSession.execute(sessions.get(scope, id)));
  }

  /** Writes. */
  createSession(scope: Sessions, creation: SessionCreationSpec): Promise<SessionInfo> {
    const row = sessionCreator({ ...creation, id: sessionId(newId()) });
    return this.#database.beginSession((dbSession) => dbSession.execute(sessions.create(scope, row)));
  }

  /** Got around the compiler. */
  createInReading(scope: Sessions, creation: SessionCreationSpec): Promise<SessionInfo> {
    return this.#database.beginReadonlySession((dbSession) =>
      // @ts-expect-error -- a dbSession that reads takes no spec that writes
      dbSession.execute(sessions.create(scope, sessionCreator(creation))),
    );
  }
}

let test: CountedDatabase;
beforeAll(async () => void (test = await countedDatabase()));
afterAll(() => test.close());

it('reads run in transactions that only read, and writes in such that write', async () => {
  const dbSource = new SessionDbSource(test.database);

  const written = await test.wire.during(() => dbSource.createSession(ofAlice, spec(alice, { name: 'mine' })));
  const [{ id }] = await test.dataSource.query<[{ id: SessionId }]>('SELECT id FROM sessions');
  const read = await test.wire.during(() => dbSource.getSession(ofAlice, id));

  const begun = [...written.statements, ...read.statements].filter((sql) => sql.startsWith('BEGIN'));
  expect(begun).toEqual([expect.not.stringContaining('READ ONLY'), 'BEGIN READ ONLY']);
  expect(await dbSource.getSession(ofAlice, id)).toMatchObject({ id, name: 'mine', status: SessionStatus.PENDING });
});

it('a write in a transaction that only reads does not compile, and PostgreSQL refuses it', async () => {
  const dbSource = new SessionDbSource(test.database);

  await expect(dbSource.createInReading(ofAlice, spec(alice, { name: 'never' }))).rejects.toBeInstanceOf(
    ReadOnlyTransaction,
  );

  expect(await test.dataSource.query(`SELECT id FROM sessions WHERE name = 'never'`)).toEqual([]);
});
