import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Database, type DbReadSession, rowScope } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import type { SearchScope } from '@holdfast/querier';
import { SessionRepositories, type SessionInfo, SessionNotFound, sessionRowLevelSecurity } from '../../src/index.js';
import type { SessionRow } from '../../src/session-row.js';
import { addKernel } from '../fixture/kernels.js';
import { alice, ofAlice, ofBob, spec } from '../fixture/sessions.js';
import { type CountedDatabase, countedDatabase } from './counted-database.js';
import { sessions } from './session-operations.js';

/** What the queries of one snapshot returned. */
interface RawSessionData {
  readonly session: SessionInfo;
  readonly kernels: readonly { readonly image: string }[];
  readonly vfolders: readonly { readonly name: string }[];
}

interface SessionWithDependencies {
  readonly session: SessionInfo;
  readonly kernelImages: readonly string[];
  readonly vfolderNames: readonly string[];
}

const toSessionWithDependencies = ({ session, kernels, vfolders }: RawSessionData): SessionWithDependencies => ({
  session,
  kernelImages: kernels.map(({ image }) => image),
  vfolderNames: vfolders.map(({ name }) => name),
});

class SessionDbSource {
  readonly #database: Database;
  readonly #transform: typeof toSessionWithDependencies;

  constructor(database: Database, transform = toSessionWithDependencies) {
    this.#database = database;
    this.#transform = transform;
  }

  /** Public: the transaction, and what is made of the rows once it is over. */
  async getSessionWithDependencies(scope: SearchScope<SessionRow>, id: SessionId): Promise<SessionWithDependencies> {
    const raw = await this.#database.beginReadonlySession(
      (dbSession) => this.#fetchSessionAndDependencies(dbSession, scope, id),
      { snapshot: true, rowScope: rowScope(sessionRowLevelSecurity, scope) },
    );
    return this.#transform(raw);
  }

  /** Private: the queries. Throws `SessionNotFound` before it asks for what belongs to the session. */
  async #fetchSessionAndDependencies(
    dbSession: DbReadSession,
    scope: SearchScope<SessionRow>,
    id: SessionId,
  ): Promise<RawSessionData> {
    return {
      session: await dbSession.execute(sessions.get(scope, id)),
      kernels: await dbSession.sql`SELECT image FROM kernels WHERE session_id = ${id} ORDER BY cluster_idx`,
      vfolders: await dbSession.sql`SELECT name FROM vfolder_mounts WHERE session_id = ${id} ORDER BY name`,
    };
  }
}

let test: CountedDatabase;
beforeAll(async () => {
  test = await countedDatabase();
  await test.dataSource.query('CREATE TABLE vfolder_mounts (session_id uuid NOT NULL, name text NOT NULL)');
});
afterAll(() => test.close());

it('a public method reads all that it needs in one transaction, and transforms it when the connection is back', async () => {
  // Given a session with a kernel and two folders
  const session = await SessionRepositories.create({ database: test.database }).repository.create(ofAlice, spec(alice));
  await addKernel(test.dataSource, session);
  await test.dataSource.query(`INSERT INTO vfolder_mounts VALUES ($1, 'data'), ($1, 'models')`, [session.id]);
  const held: number[] = [];
  const dbSource = new SessionDbSource(test.database, (raw) => {
    const { total, idle } = test.database.poolFigures();
    held.push(total - idle);
    return toSessionWithDependencies(raw);
  });

  // When it is read with what belongs to it
  let read: SessionWithDependencies | null = null;
  const { statements } = await test.wire.during(async () => {
    read = await dbSource.getSessionWithDependencies(ofAlice, session.id);
  });

  // Then there was one transaction, which was over when the data was made
  expect(read).toEqual({ session, kernelImages: ['python:3.11'], vfolderNames: ['data', 'models'] });
  expect(statements.filter((sql) => /^(BEGIN|COMMIT)/.test(sql))).toHaveLength(2);
  expect(held).toEqual([0]);
  await expect(dbSource.getSessionWithDependencies(ofBob, session.id)).rejects.toBeInstanceOf(SessionNotFound);
});
