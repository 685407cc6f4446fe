import { InvalidInput } from '@holdfast/errors';
import { isTerminal, SESSION_STATUSES, type SessionStatus } from './session-status.js';
import { checkChoice, checkMoment } from './spec-values.js';

/** When what became of it, as it is said of sessions and of kernels. */
interface Past {
  readonly status: SessionStatus;
  readonly statusChangedAt?: Date;
  readonly createdAt: Date;
  readonly terminatedAt?: Date | null;
}

/**
 * The columns of a past: what is over has ended when its status came about, unless told otherwise. Throws `InvalidInput`
 * for a status that is none, for what ended before it began, and for an end of what is not over; what has failed may have
 * one.
 */
export function checkedPast(past: Past, pointer: string): Required<Past> {
  const { status, createdAt } = past;
  checkChoice(status, SESSION_STATUSES, `${pointer}/status`);
  checkMoment(createdAt, `${pointer}/createdAt`);
  const statusChangedAt = past.statusChangedAt ?? createdAt;
  checkAfter(createdAt, statusChangedAt, `${pointer}/statusChangedAt`);
  const isOver = isTerminal(status);
  const terminatedAt = past.terminatedAt ?? (isOver ? statusChangedAt : null);
  if (terminatedAt !== null) checkAfter(createdAt, terminatedAt, `${pointer}/terminatedAt`);
  if (terminatedAt !== null && !isOver && status !== 'ERROR') {
    throw new InvalidInput('INVALID_VALUE', 'What is not over has no end.', `${pointer}/terminatedAt`);
  }
  return { status, createdAt, statusChangedAt, terminatedAt };
}

function checkAfter(createdAt: Date, moment: Date, pointer: string): void {
  checkMoment(moment, pointer);
  if (moment >= createdAt) return;
  throw new InvalidInput('INVALID_VALUE', 'Nothing becomes of a session before it was created.', pointer);
}
