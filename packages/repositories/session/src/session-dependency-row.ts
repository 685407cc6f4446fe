import type { SessionId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import { ownedForeignKey, ownerColumns, type SessionOwner } from './session-owner.js';

/**
 * A row of the table `session_dependencies`: one session does not start before another is over. Both foreign keys cover
 * the owner, so that a session depends on sessions of its own owner only; a trigger keeps the graph free of cycles.
 */
export interface SessionDependencyRow extends SessionOwner {
  sessionId: SessionId;
  dependsOn: SessionId;
  createdAt: Date;
}

const primaryKeyConstraintName = 'session_dependencies_pkey';

export const SessionDependencyRow = new EntitySchema<SessionDependencyRow>({
  name: 'SessionDependency',
  tableName: 'session_dependencies',
  columns: {
    sessionId: { name: 'session_id', type: 'uuid', primary: true, primaryKeyConstraintName },
    dependsOn: { name: 'depends_on', type: 'uuid', primary: true, primaryKeyConstraintName },
    ...ownerColumns,
    createdAt: { name: 'created_at', type: 'timestamp with time zone', createDate: true },
  },
  foreignKeys: [
    ownedForeignKey('session_dependencies_session_fkey', 'Session', 'sessionId'),
    ownedForeignKey('session_dependencies_depends_on_fkey', 'Session', 'dependsOn'),
  ],
  indices: [{ name: 'session_dependencies_depends_on_idx', columns: ['dependsOn'] }],
});
