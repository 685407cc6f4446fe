import type { SessionId } from '@holdfast/domain-types';
import type { SearchScope } from '@holdfast/querier';
import type { SessionCreationSpec, SessionDbSource, SessionInfo } from '../../src/index.js';
import type { SessionRow } from '../../src/session-row.js';
import type { SessionCacheSource } from './session-cache-source.js';

/** Orchestrates both sources: which is asked first, and what is cached when, is decided here. */
export class CachedSessionRepository {
  readonly #dbSource: SessionDbSource;
  readonly #cacheSource: SessionCacheSource | null;

  constructor(dbSource: SessionDbSource, cacheSource: SessionCacheSource | null = null) {
    this.#dbSource = dbSource;
    this.#cacheSource = cacheSource;
  }

  /** The cache first, the database on a miss; what was missed is cached. */
  async getSession(scope: SearchScope<SessionRow>, id: SessionId): Promise<SessionInfo | null> {
    const cached = this.#cacheSource === null ? null : await this.#cacheSource.getSession(scope, id);
    if (cached !== null) return cached;
    const session = await this.#dbSource.find(scope, id);
    if (session !== null) await this.#cacheSource?.setSession(scope, session);
    return session;
  }

  /** Caches nothing: whether somebody will read it is not known yet. */
  createSession(scope: SearchScope<SessionRow>, spec: SessionCreationSpec): Promise<SessionInfo> {
    return this.#dbSource.create(scope, spec);
  }
}
