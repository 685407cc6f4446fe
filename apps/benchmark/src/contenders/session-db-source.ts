import type { Database } from '@holdfast/base';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { sourceResilience } from '@holdfast/resilience';
import type { NewSession, SessionChange, SessionRow } from '../session-table.js';
import { type Row, sessions } from './session-operations.js';

const stack = sourceResilience('session_db_source');

/** A source as every domain package has one. */
export class SessionDbSource {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @stack.apply()
  get(scope: Scope<Row>, id: string): Promise<SessionRow> {
    return this.#database.execute(sessions.get(scope, id));
  }

  @stack.apply()
  search(scope: Scope<Row>, querier: BatchQuerier<Row>): Promise<Page<SessionRow>> {
    return this.#database.execute(sessions.search(scope, querier));
  }

  @stack.apply()
  create(scope: Scope<Row>, values: NewSession): Promise<SessionRow> {
    return this.#database.execute(sessions.create(scope, { values }));
  }

  @stack.apply()
  update(scope: Scope<Row>, id: string, changes: SessionChange): Promise<SessionRow> {
    return this.#database.execute(sessions.update(scope, id, { changes }));
  }

  @stack.apply()
  updateInOneTrip(scope: Scope<Row>, id: string, changes: SessionChange): Promise<SessionRow> {
    return this.#database.execute(sessions.update(scope, id, { changes }), { commit: 'one-trip' });
  }

  /** The same in a transaction: BEGIN rides with the statement, COMMIT is a trip of its own. */
  @stack.apply()
  updateInTransaction(scope: Scope<Row>, id: string, changes: SessionChange): Promise<SessionRow> {
    return this.#database.beginSession((dbSession) => dbSession.execute(sessions.update(scope, id, { changes })));
  }
}
