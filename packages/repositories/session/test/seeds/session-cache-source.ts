import type { SessionId } from '@holdfast/domain-types';
import type { SearchScope } from '@holdfast/querier';
import type { SessionInfo } from '../../src/index.js';
import type { SessionRow } from '../../src/session-row.js';

/** Sessions in memory, in the place of Redis. It knows no database, and nothing that was not put into it. */
export class SessionCacheSource {
  readonly #sessions = new Map<string, SessionInfo>();

  async getSession(scope: SearchScope<SessionRow>, id: SessionId): Promise<SessionInfo | null> {
    return this.#sessions.get(keyOf(scope, id)) ?? null;
  }

  async setSession(scope: SearchScope<SessionRow>, session: SessionInfo): Promise<void> {
    this.#sessions.set(keyOf(scope, session.id), session);
  }
}

// What one tenant has read is no answer to another.
function keyOf({ stamp }: SearchScope<SessionRow>, id: SessionId): string {
  return JSON.stringify([stamp, id]);
}
