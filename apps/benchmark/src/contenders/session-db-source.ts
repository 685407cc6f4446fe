import type { BatchResult, Database, UpsertResult, WriteOptions } from '@holdfast/base';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { sourceResilience } from '@holdfast/resilience';
import type { SessionChange, SessionRow, Unit } from '../session-table.js';
import { type Row, type SessionValues, sessions } from './session-operations.js';
import { newestOf } from './session-queriers.js';

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
  create(scope: Scope<Row>, values: SessionValues): Promise<SessionRow> {
    return this.#database.execute(sessions.create(scope, { values }));
  }

  @stack.apply()
  bulkCreate(scope: Scope<Row>, values: readonly SessionValues[]): Promise<readonly SessionRow[]> {
    return this.#database.execute(
      sessions.bulkCreate(
        scope,
        values.map((one) => ({ values: one })),
      ),
    );
  }

  @stack.apply()
  update(scope: Scope<Row>, id: string, changes: SessionChange, options?: WriteOptions): Promise<SessionRow> {
    return this.#database.execute(sessions.update(scope, id, { changes }), options);
  }

  @stack.apply()
  delete(scope: Scope<Row>, id: string, options?: WriteOptions): Promise<SessionRow> {
    return this.#database.execute(sessions.delete(scope, id), options);
  }

  @stack.apply()
  purge(scope: Scope<Row>, id: string): Promise<SessionRow> {
    return this.#database.execute(sessions.purge(scope, id));
  }

  @stack.apply()
  upsert(scope: Scope<Row>, values: SessionValues): Promise<UpsertResult<SessionRow>> {
    return this.#database.execute(sessions.upsert(scope, { values }));
  }

  @stack.apply()
  batchUpdate(scope: Scope<Row>, ids: readonly string[], changes: SessionChange): Promise<BatchResult> {
    return this.#database.execute(sessions.batchUpdate(scope, ids, { changes }));
  }

  @stack.apply()
  batchPurge(scope: Scope<Row>, ids: readonly string[]): Promise<BatchResult> {
    return this.#database.execute(sessions.batchPurge(scope, ids));
  }

  /** The unit of work of the benchmark, in one dbSession. */
  @stack.apply()
  renameLikeAnother(scope: Scope<Row>, { id, name }: Unit): Promise<SessionRow> {
    return this.#database.beginSession(async (dbSession) => {
      const first = await dbSession.execute(sessions.get(scope, id));
      const newest = await dbSession.execute(sessions.search(scope, newestOf(first.status, first.created_at, 5)));
      const other = await dbSession.execute(sessions.get(scope, newest.items.at(-1)!.id));
      const changes = { name, requested_slots: other.requested_slots };
      return dbSession.execute(sessions.update(scope, id, { changes }));
    });
  }
}
