import type { SessionId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import { ownedForeignKey, ownerColumns, type SessionOwner } from './session-owner.js';
import type { SessionStatus } from './session-status.js';
import type { StatusTransition } from './status-transition.js';

/**
 * A row of the table `session_status_history`. A trigger writes it together with the status, whoever changes that: while
 * the session is locked, so that numbers are in order and have no gaps. Callers get `StatusTransition`.
 */
export interface StatusTransitionRow extends SessionOwner {
  sessionId: SessionId;
  number: number;
  from: SessionStatus;
  to: SessionStatus;
  changedAt: Date;
}

const primaryKeyConstraintName = 'session_status_history_pkey';

export const StatusTransitionRow = new EntitySchema<StatusTransitionRow>({
  name: 'StatusTransition',
  tableName: 'session_status_history',
  columns: {
    sessionId: { name: 'session_id', type: 'uuid', primary: true, primaryKeyConstraintName },
    number: { type: 'integer', primary: true, primaryKeyConstraintName },
    from: { name: 'from_status', type: 'text' },
    to: { name: 'to_status', type: 'text' },
    changedAt: { name: 'changed_at', type: 'timestamp with time zone' },
    ...ownerColumns,
  },
  foreignKeys: [ownedForeignKey('session_status_history_session_fkey', 'Session', 'sessionId')],
});

/** The data of a row. */
export function toStatusTransition({ number, from, to, changedAt }: StatusTransitionRow): StatusTransition {
  return Object.freeze({ number, from, to, changedAt });
}
