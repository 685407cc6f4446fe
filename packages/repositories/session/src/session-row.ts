import { type ResourceSlot, resourceSlotFromRow, type ScalingGroupName, type SessionId } from '@holdfast/domain-types';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { ClusterMode } from './cluster-mode.js';
import type { KernelRow } from './kernel-row.js';
import type { SessionInfo } from './session-info.js';
import { ownerColumns, ownerProperties, type SessionOwner } from './session-owner.js';
import type { SessionResult } from './session-result.js';
import type { SessionStatus } from './session-status.js';
import type { SessionType } from './session-type.js';
import type { VfolderMountRow } from './vfolder-mount-row.js';

/** A row of the table `sessions`: what conditions, orders and scopes speak of. Callers get `SessionInfo`. */
export interface SessionRow extends SessionOwner {
  id: SessionId;
  creationId: string;
  name: string;
  sessionType: SessionType;
  status: SessionStatus;
  statusInfo: string | null;
  statusChangedAt: Date;
  priority: number;
  clusterMode: ClusterMode;
  clusterSize: number;
  scalingGroupName: ScalingGroupName;
  images: readonly string[];
  tag: string | null;
  requestedSlots: Jsonb<ResourceSlot>;
  /** The GPUs that were asked for, shares rounded up to whole devices. Computed by the database. */
  gpuCount: number;
  environ: Jsonb<Readonly<Record<string, string>>> | null;
  result: SessionResult | null;
  createdAt: Date;
  startsAt: Date | null;
  terminatedAt: Date | null;
  modifiedAt: Date;
  deletedAt: Date | null;
  kernels: readonly KernelRow[];
  vfolderMounts: readonly VfolderMountRow[];
}

const timestamp = 'timestamp with time zone';

export const SessionRow = new EntitySchema<SessionRow>({
  name: 'Session',
  tableName: 'sessions',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'sessions_pkey' },
    creationId: { name: 'creation_id', type: 'text' },
    name: { type: 'text', collation: 'C' },
    sessionType: { name: 'session_type', type: 'text' },
    status: { type: 'text', default: 'PENDING' },
    statusInfo: { name: 'status_info', type: 'text', nullable: true },
    statusChangedAt: { name: 'status_changed_at', type: timestamp, default: () => 'now()' },
    priority: { type: 'integer', default: 10 },
    clusterMode: { name: 'cluster_mode', type: 'text', default: 'single-node' },
    clusterSize: { name: 'cluster_size', type: 'integer', default: 1 },
    ...ownerColumns,
    scalingGroupName: { name: 'scaling_group_name', type: 'text' },
    images: { type: 'text', array: true },
    tag: { type: 'text', nullable: true },
    requestedSlots: { name: 'requested_slots', type: 'jsonb' },
    gpuCount: {
      name: 'gpu_count',
      type: 'integer',
      insert: false,
      update: false,
      generatedType: 'STORED',
      asExpression:
        `least(ceil(coalesce((requested_slots ->> 'cuda.device')::numeric, 0)` +
        ` + coalesce((requested_slots ->> 'cuda.shares')::numeric, 0)), 2147483647)::integer`,
    },
    environ: { type: 'jsonb', nullable: true },
    result: { type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    startsAt: { name: 'starts_at', type: timestamp, nullable: true },
    terminatedAt: { name: 'terminated_at', type: timestamp, nullable: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  relations: {
    kernels: { type: 'one-to-many', target: 'Kernel', inverseSide: 'session' },
    vfolderMounts: { type: 'one-to-many', target: 'VfolderMount', inverseSide: 'session' },
  },
  checks: [
    {
      name: 'sessions_status_check',
      expression:
        `status IN ('PENDING', 'SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING', 'TERMINATED',` +
        ` 'CANCELLED', 'ERROR')`,
    },
    { name: 'sessions_cluster_size_check', expression: 'cluster_size >= 1' },
  ],
  uniques: [{ name: 'sessions_owner_key', columns: ['id', ...ownerProperties] }],
  indices: [
    {
      name: 'sessions_live_name_key',
      columns: ['domainName', 'userUuid', 'name'],
      unique: true,
      where: `status NOT IN ('TERMINATED', 'CANCELLED') AND deleted_at IS NULL`,
    },
    { name: 'sessions_user_created_idx', columns: ['userUuid', 'createdAt', 'id'] },
    { name: 'sessions_group_created_idx', columns: ['groupId', 'createdAt', 'id'] },
    { name: 'sessions_access_key_created_idx', columns: ['accessKey', 'createdAt', 'id'] },
    { name: 'sessions_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'sessions_domain_status_idx', columns: ['domainName', 'status', 'id'] },
    { name: 'sessions_domain_name_idx', columns: ['domainName', 'name', 'id'] },
    { name: 'sessions_domain_priority_idx', columns: ['domainName', 'priority', 'id'] },
    { name: 'sessions_domain_gpu_count_idx', columns: ['domainName', 'gpuCount', 'id'] },
    { name: 'sessions_domain_modified_idx', columns: ['domainName', 'modifiedAt', 'id'] },
    { name: 'sessions_domain_starts_idx', columns: ['domainName', 'startsAt', 'id'] },
    { name: 'sessions_domain_terminated_idx', columns: ['domainName', 'terminatedAt', 'id'] },
    { name: 'sessions_domain_changed_idx', columns: ['domainName', 'statusChangedAt', 'id'] },
    // A GIN index, which TypeORM cannot describe: it leaves it alone.
    { name: 'sessions_images_idx', columns: ['images'], synchronize: false },
    { name: 'sessions_scaling_group_status_idx', columns: ['scalingGroupName', 'status', 'priority', 'createdAt'] },
  ],
});

/** The data of a row; what is nested in the row is frozen and shared. */
export function toSessionInfo(row: SessionRow): SessionInfo {
  return Object.freeze({
    id: row.id,
    creationId: row.creationId,
    name: row.name,
    type: row.sessionType,
    status: row.status,
    statusInfo: row.statusInfo,
    statusChangedAt: row.statusChangedAt,
    priority: row.priority,
    clusterMode: row.clusterMode,
    clusterSize: row.clusterSize,
    domainName: row.domainName,
    groupId: row.groupId,
    userUuid: row.userUuid,
    accessKey: row.accessKey,
    scalingGroupName: row.scalingGroupName,
    images: Object.freeze(row.images),
    tag: row.tag,
    requestedSlots: resourceSlotFromRow(row.requestedSlots),
    gpuCount: row.gpuCount,
    environ: Object.freeze(row.environ),
    result: row.result,
    createdAt: row.createdAt,
    startsAt: row.startsAt,
    terminatedAt: row.terminatedAt,
    modifiedAt: row.modifiedAt,
    deletedAt: row.deletedAt,
  });
}
