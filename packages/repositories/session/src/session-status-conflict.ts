import type { SessionId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';
import type { SessionStatus } from './session-status.js';

/** A session cannot go from the status that it is in to the one that was asked for. Status 409, code `session_update_conflict`. */
export class SessionStatusConflict extends HoldfastError {
  readonly sessionId: SessionId;
  readonly from: SessionStatus;
  readonly to: SessionStatus;

  constructor(sessionId: SessionId, from: SessionStatus, to: SessionStatus) {
    super({
      code: errorCode('session', 'update', 'conflict'),
      message: `Session ${sessionId} is ${from} and cannot become ${to}.`,
      httpStatus: 409,
    });
    this.sessionId = sessionId;
    this.from = from;
    this.to = to;
  }
}
