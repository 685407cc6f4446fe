import {
  type AgentId,
  type KernelId,
  type ResourceSlot,
  resourceSlotFromRow,
  type SessionId,
} from '@holdfast/domain-types';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { KernelInfo } from './kernel-info.js';
import { type OwningSession, owningSession } from './owning-session.js';
import { ownedForeignKey, ownerColumns, ownerProperties, type SessionOwner } from './session-owner.js';
import type { SessionStatus } from './session-status.js';

/**
 * A row of the table `kernels`: one container of a session, on one agent. Its owner is the session's: the foreign key
 * covers it, so that the scopes of sessions hold for kernels too. Callers get `KernelInfo`.
 */
export interface KernelRow extends SessionOwner {
  id: KernelId;
  sessionId: SessionId;
  agentId: AgentId | null;
  clusterRole: string;
  clusterIdx: number;
  image: string;
  status: SessionStatus;
  statusChangedAt: Date;
  requestedSlots: Jsonb<ResourceSlot>;
  createdAt: Date;
  /** Since when it has a place; null while it waits for one. Triggers note it with the status. */
  scheduledAt: Date | null;
  terminatedAt: Date | null;
  modifiedAt: Date;
  session: OwningSession;
}

const timestamp = 'timestamp with time zone';

export const KernelRow = new EntitySchema<KernelRow>({
  name: 'Kernel',
  tableName: 'kernels',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'kernels_pkey' },
    sessionId: { name: 'session_id', type: 'uuid' },
    agentId: { name: 'agent_id', type: 'text', nullable: true },
    clusterRole: { name: 'cluster_role', type: 'text', default: 'main' },
    clusterIdx: { name: 'cluster_idx', type: 'integer', default: 1 },
    image: { type: 'text' },
    status: { type: 'text', default: 'PENDING' },
    statusChangedAt: { name: 'status_changed_at', type: timestamp, default: () => 'now()' },
    requestedSlots: { name: 'requested_slots', type: 'jsonb' },
    ...ownerColumns,
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    scheduledAt: { name: 'scheduled_at', type: timestamp, nullable: true },
    terminatedAt: { name: 'terminated_at', type: timestamp, nullable: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
  },
  relations: { session: owningSession },
  foreignKeys: [ownedForeignKey('kernels_session_fkey', 'Session', 'sessionId')],
  checks: [
    {
      name: 'kernels_status_check',
      expression:
        `status IN ('PENDING', 'SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING', 'TERMINATED',` +
        ` 'CANCELLED', 'ERROR')`,
    },
  ],
  uniques: [{ name: 'kernels_owner_key', columns: ['id', ...ownerProperties] }],
  indices: [
    { name: 'kernels_session_idx', columns: ['sessionId', 'clusterIdx'] },
    { name: 'kernels_agent_status_idx', columns: ['agentId', 'status'] },
    { name: 'kernels_user_created_idx', columns: ['userUuid', 'createdAt', 'id'] },
    { name: 'kernels_user_terminated_idx', columns: ['userUuid', 'terminatedAt'] },
    { name: 'kernels_domain_status_idx', columns: ['domainName', 'status', 'id'] },
    { name: 'kernels_domain_session_idx', columns: ['domainName', 'sessionId', 'id'] },
    { name: 'kernels_domain_cluster_idx', columns: ['domainName', 'clusterIdx', 'id'] },
    { name: 'kernels_domain_agent_idx', columns: ['domainName', 'agentId', 'id'] },
    { name: 'kernels_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'kernels_domain_changed_idx', columns: ['domainName', 'statusChangedAt', 'id'] },
    { name: 'kernels_domain_terminated_idx', columns: ['domainName', 'terminatedAt', 'id'] },
    { name: 'kernels_group_status_idx', columns: ['groupId', 'status'] },
  ],
});

/** The data of a row; what is nested in the row is frozen and shared. */
export function toKernelInfo(row: KernelRow): KernelInfo {
  return Object.freeze({
    id: row.id,
    sessionId: row.sessionId,
    agentId: row.agentId,
    clusterRole: row.clusterRole,
    clusterIdx: row.clusterIdx,
    image: row.image,
    status: row.status,
    statusChangedAt: row.statusChangedAt,
    requestedSlots: resourceSlotFromRow(row.requestedSlots),
    domainName: row.domainName,
    groupId: row.groupId,
    userUuid: row.userUuid,
    accessKey: row.accessKey,
    createdAt: row.createdAt,
    scheduledAt: row.scheduledAt,
    terminatedAt: row.terminatedAt,
    modifiedAt: row.modifiedAt,
  });
}
