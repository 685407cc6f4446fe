import { type AgentId, type ResourceSlot, resourceSlotFromRow, type ScalingGroupName } from '@holdfast/domain-types';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { AgentInfo } from './agent-info.js';
import type { AgentStatus } from './agent-status.js';

/** A row of the table `agents`: what conditions, orders and scopes speak of. Callers get `AgentInfo`. */
export interface AgentRow {
  id: AgentId;
  status: AgentStatus;
  statusChangedAt: Date;
  region: string;
  scalingGroupName: ScalingGroupName;
  schedulable: boolean;
  availableSlots: Jsonb<ResourceSlot>;
  gpuModel: string | null;
  addr: string;
  version: string;
  architecture: string;
  firstContact: Date;
  lostAt: Date | null;
  modifiedAt: Date;
  deletedAt: Date | null;
}

const timestamp = 'timestamp with time zone';

export const AgentRow = new EntitySchema<AgentRow>({
  name: 'Agent',
  tableName: 'agents',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'agents_pkey' },
    status: { type: 'text', default: 'ALIVE' },
    statusChangedAt: { name: 'status_changed_at', type: timestamp, default: () => 'now()' },
    region: { type: 'text' },
    scalingGroupName: { name: 'scaling_group_name', type: 'text' },
    schedulable: { type: 'boolean', default: true },
    availableSlots: { name: 'available_slots', type: 'jsonb' },
    gpuModel: { name: 'gpu_model', type: 'text', nullable: true },
    addr: { type: 'text' },
    version: { type: 'text' },
    architecture: { type: 'text' },
    firstContact: { name: 'first_contact', type: timestamp, createDate: true },
    lostAt: { name: 'lost_at', type: timestamp, nullable: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  checks: [{ name: 'agents_status_check', expression: `status IN ('ALIVE', 'LOST', 'RESTARTING', 'TERMINATED')` }],
  indices: [
    { name: 'agents_scaling_group_status_idx', columns: ['scalingGroupName', 'status', 'id'] },
    { name: 'agents_scaling_group_idx', columns: ['scalingGroupName', 'id'] },
    { name: 'agents_scaling_group_contact_idx', columns: ['scalingGroupName', 'firstContact', 'id'] },
    { name: 'agents_scaling_group_region_idx', columns: ['scalingGroupName', 'region', 'id'] },
    { name: 'agents_scaling_group_gpu_model_idx', columns: ['scalingGroupName', 'gpuModel', 'id'] },
    { name: 'agents_scaling_group_changed_idx', columns: ['scalingGroupName', 'statusChangedAt', 'id'] },
    { name: 'agents_scaling_group_modified_idx', columns: ['scalingGroupName', 'modifiedAt', 'id'] },
  ],
});

/** The data of a row; what is nested in the row is frozen and shared. */
export function toAgentInfo(row: AgentRow): AgentInfo {
  return Object.freeze({
    id: row.id,
    status: row.status,
    statusChangedAt: row.statusChangedAt,
    region: row.region,
    scalingGroupName: row.scalingGroupName,
    schedulable: row.schedulable,
    availableSlots: resourceSlotFromRow(row.availableSlots),
    gpuModel: row.gpuModel,
    addr: row.addr,
    version: row.version,
    architecture: row.architecture,
    firstContact: row.firstContact,
    lostAt: row.lostAt,
    modifiedAt: row.modifiedAt,
    deletedAt: row.deletedAt,
  });
}
