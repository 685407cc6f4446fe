import type { SessionId } from '@holdfast/domain-types';
import type { EntitySchemaRelationOptions } from 'typeorm';
import type { SessionStatus } from './session-status.js';

/** What conditions on rows that belong to a session may ask of it. A deleted session is not there. */
export interface OwningSession {
  id: SessionId;
  name: string;
  status: SessionStatus;
}

/** The relation of such a row to its session, for its entity. Its foreign key, which covers the owner, is said apart. */
export const owningSession: EntitySchemaRelationOptions = Object.freeze({
  type: 'many-to-one',
  target: 'Session',
  joinColumn: { name: 'session_id' },
  createForeignKeyConstraints: false,
});
