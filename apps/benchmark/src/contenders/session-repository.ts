import type { BatchResult, UpsertResult, WriteOptions } from '@holdfast/base';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { repositoryResilience } from '@holdfast/resilience';
import type { SessionChange, SessionRow, Unit } from '../session-table.js';
import type { SessionDbSource } from './session-db-source.js';
import type { Row, SessionValues } from './session-operations.js';

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
  create(scope: Scope<Row>, values: SessionValues): Promise<SessionRow> {
    return this.#dbSource.create(scope, values);
  }

  @stack.apply()
  bulkCreate(scope: Scope<Row>, values: readonly SessionValues[]): Promise<readonly SessionRow[]> {
    return this.#dbSource.bulkCreate(scope, values);
  }

  @stack.apply()
  update(scope: Scope<Row>, id: string, changes: SessionChange, options?: WriteOptions): Promise<SessionRow> {
    return this.#dbSource.update(scope, id, changes, options);
  }

  @stack.apply()
  delete(scope: Scope<Row>, id: string, options?: WriteOptions): Promise<SessionRow> {
    return this.#dbSource.delete(scope, id, options);
  }

  @stack.apply()
  purge(scope: Scope<Row>, id: string): Promise<SessionRow> {
    return this.#dbSource.purge(scope, id);
  }

  @stack.apply()
  upsert(scope: Scope<Row>, values: SessionValues): Promise<UpsertResult<SessionRow>> {
    return this.#dbSource.upsert(scope, values);
  }

  @stack.apply()
  batchUpdate(scope: Scope<Row>, ids: readonly string[], changes: SessionChange): Promise<BatchResult> {
    return this.#dbSource.batchUpdate(scope, ids, changes);
  }

  @stack.apply()
  batchPurge(scope: Scope<Row>, ids: readonly string[]): Promise<BatchResult> {
    return this.#dbSource.batchPurge(scope, ids);
  }

  @stack.apply()
  renameLikeAnother(scope: Scope<Row>, unit: Unit): Promise<SessionRow> {
    return this.#dbSource.renameLikeAnother(scope, unit);
  }
}
