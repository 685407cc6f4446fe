import type { SessionId } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such session in the scope that was given. Status 404, code `session_read_not-found`. */
export class SessionNotFound extends EntityNotFound {
  readonly sessionId: SessionId;

  constructor(sessionId: SessionId) {
    super('session', `No session ${sessionId}.`);
    this.sessionId = sessionId;
  }
}
