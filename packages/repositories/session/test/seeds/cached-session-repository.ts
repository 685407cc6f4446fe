import { invalidating, NoCache, readThrough } from '@holdfast/cache';
import type { SessionId } from '@holdfast/domain-types';
import type { SearchScope } from '@holdfast/querier';
import type { SessionCreationSpec, SessionDbSource, SessionInfo, SessionStatus } from '../../src/index.js';
import type { SessionRow } from '../../src/session-row.js';
import type { SessionCacheSource } from './session-cache-source.js';

/** Orchestrates both sources: which is asked first, and what is cached when, is decided here. */
export class CachedSessionRepository {
  readonly #dbSource: SessionDbSource;
  readonly #cacheSource: SessionCacheSource;

  constructor(dbSource: SessionDbSource, cacheSource: SessionCacheSource = new NoCache().source()) {
    this.#dbSource = dbSource;
    this.#cacheSource = cacheSource;
  }

  /** The cache first, the database on a miss; what was missed is cached. */
  getSession(scope: SearchScope<SessionRow>, id: SessionId): Promise<SessionInfo | null> {
    return readThrough(this.#cacheSource, { scope, id }, () => this.#dbSource.find(scope, id));
  }

  /** Caches nothing: whether somebody will read it is not known yet. */
  createSession(scope: SearchScope<SessionRow>, spec: SessionCreationSpec): Promise<SessionInfo> {
    return this.#dbSource.create(scope, spec);
  }

  /** What was cached of it is no longer so. */
  updateStatus(scope: SearchScope<SessionRow>, id: SessionId, status: SessionStatus): Promise<SessionInfo> {
    return invalidating(this.#cacheSource, [{ scope, id }], () => this.#dbSource.updateStatus(scope, id, status));
  }
}
