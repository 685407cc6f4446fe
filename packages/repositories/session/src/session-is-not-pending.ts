import type { SessionId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/** Only a session that is pending is made to wait for others. Status 409, code `session_update_conflict`. */
export class SessionIsNotPending extends HoldfastError {
  readonly sessionId: SessionId;

  constructor(sessionId: SessionId, cause?: unknown) {
    super({
      code: errorCode('session', 'update', 'conflict'),
      message: `Session ${sessionId} is not pending any more: it waits for nothing.`,
      httpStatus: 409,
      cause,
    });
    this.sessionId = sessionId;
  }
}
