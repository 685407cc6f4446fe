import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { repositoryResilience } from '@holdfast/resilience';
import type { NewSession, SessionChange, SessionRow } from '../session-table.js';
import type { SessionDbSource } from './session-db-source.js';
import type { Row } from './session-operations.js';

const stack = repositoryResilience('session_repository');

/** A repository as every domain package has one: over its source a second layer, measured too, which retries. */
export class SessionRepository {
  readonly #dbSource: SessionDbSource;

  constructor(dbSource: SessionDbSource) {
    this.#dbSource = dbSource;
  }

  @stack.apply()
  get(scope: Scope<Row>, id: string): Promise<SessionRow> {
    return this.#dbSource.get(scope, id);
  }

  @stack.apply()
  search(scope: Scope<Row>, querier: BatchQuerier<Row>): Promise<Page<SessionRow>> {
    return this.#dbSource.search(scope, querier);
  }

  @stack.apply()
  create(scope: Scope<Row>, values: NewSession): Promise<SessionRow> {
    return this.#dbSource.create(scope, values);
  }

  @stack.apply()
  update(scope: Scope<Row>, id: string, changes: SessionChange): Promise<SessionRow> {
    return this.#dbSource.update(scope, id, changes);
  }

  @stack.apply()
  updateInOneTrip(scope: Scope<Row>, id: string, changes: SessionChange): Promise<SessionRow> {
    return this.#dbSource.updateInOneTrip(scope, id, changes);
  }

  @stack.apply()
  updateInTransaction(scope: Scope<Row>, id: string, changes: SessionChange): Promise<SessionRow> {
    return this.#dbSource.updateInTransaction(scope, id, changes);
  }
}
