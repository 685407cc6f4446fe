import type { AgentId, DomainName, KernelId, ProjectId, ResourceSlot, SessionId, UserId } from '@holdfast/domain-types';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { SessionStatus } from './session-status.js';

/**
 * A row of the table `kernels`: one container of a session, on one agent. Domain, project and user are the session's:
 * the foreign key covers them, so that the scopes of sessions hold for kernels too.
 */
export interface KernelRow {
  id: KernelId;
  sessionId: SessionId;
  agentId: AgentId | null;
  clusterRole: string;
  clusterIdx: number;
  image: string;
  status: SessionStatus;
  statusChangedAt: Date;
  requestedSlots: Jsonb<ResourceSlot>;
  occupiedSlots: Jsonb<ResourceSlot>;
  domainName: DomainName;
  groupId: ProjectId;
  userUuid: UserId;
  createdAt: Date;
  terminatedAt: Date | null;
  modifiedAt: Date;
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
    occupiedSlots: { name: 'occupied_slots', type: 'jsonb', default: {} },
    domainName: { name: 'domain_name', type: 'text' },
    groupId: { name: 'group_id', type: 'uuid' },
    userUuid: { name: 'user_uuid', type: 'uuid' },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    terminatedAt: { name: 'terminated_at', type: timestamp, nullable: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
  },
  foreignKeys: [
    {
      name: 'kernels_session_fkey',
      target: 'Session',
      columnNames: ['sessionId', 'domainName', 'groupId', 'userUuid'],
      referencedColumnNames: ['id', 'domainName', 'groupId', 'userUuid'],
      onDelete: 'CASCADE',
      onUpdate: 'CASCADE',
    },
  ],
  checks: [
    {
      name: 'kernels_status_check',
      expression:
        `status IN ('PENDING', 'SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING', 'TERMINATED',` +
        ` 'CANCELLED', 'ERROR')`,
    },
  ],
  indices: [
    { name: 'kernels_session_idx', columns: ['sessionId', 'clusterIdx'] },
    { name: 'kernels_agent_status_idx', columns: ['agentId', 'status'] },
    { name: 'kernels_user_created_idx', columns: ['userUuid', 'createdAt', 'id'] },
    { name: 'kernels_domain_status_idx', columns: ['domainName', 'status'] },
    { name: 'kernels_group_status_idx', columns: ['groupId', 'status'] },
  ],
});
