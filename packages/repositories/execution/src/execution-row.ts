import type { DomainName, UserId } from '@holdfast/domain-types';
import { freeze, type Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { ExecutionId } from './execution-id.js';
import type { ExecutionInfo } from './execution-info.js';
import type { Metadata } from './execution-metadata.js';
import type { ExecutionStatus } from './execution-status.js';
import type { Tags } from './execution-tags.js';

/** A row of the table `executions`: what conditions, orders and scopes speak of. Callers get `ExecutionInfo`. */
export interface ExecutionRow {
  id: ExecutionId;
  domainName: DomainName;
  userUuid: UserId;
  parentId: ExecutionId | null;
  name: string;
  description: string | null;
  status: ExecutionStatus;
  statusChangedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  metadata: Jsonb<Metadata>;
  tags: Jsonb<Tags>;
  createdAt: Date;
  modifiedAt: Date;
  deletedAt: Date | null;
}

const timestamp = 'timestamp with time zone';

export const ExecutionRow = new EntitySchema<ExecutionRow>({
  name: 'Execution',
  tableName: 'executions',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'executions_pkey' },
    domainName: { name: 'domain_name', type: 'text' },
    userUuid: { name: 'user_uuid', type: 'uuid' },
    parentId: { name: 'parent_id', type: 'uuid', nullable: true },
    name: { type: 'text' },
    description: { type: 'text', nullable: true },
    status: { type: 'text', default: 'SCHEDULED' },
    statusChangedAt: { name: 'status_changed_at', type: timestamp, default: () => 'now()' },
    startedAt: { name: 'started_at', type: timestamp, nullable: true },
    endedAt: { name: 'ended_at', type: timestamp, nullable: true },
    metadata: { type: 'jsonb', default: {} },
    tags: { type: 'jsonb', default: {} },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  foreignKeys: [
    {
      name: 'executions_parent_fkey',
      target: 'Execution',
      columnNames: ['parentId', 'domainName', 'userUuid'],
      referencedColumnNames: ['id', 'domainName', 'userUuid'],
      onDelete: 'CASCADE',
    },
  ],
  uniques: [{ name: 'executions_owner_key', columns: ['id', 'domainName', 'userUuid'] }],
  checks: [
    { name: 'executions_name_check', expression: `name <> ''` },
    {
      name: 'executions_status_check',
      expression: `status IN ('SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED')`,
    },
  ],
  indices: [
    {
      name: 'executions_live_name_key',
      columns: ['domainName', 'userUuid', 'name'],
      unique: true,
      where: 'deleted_at IS NULL AND parent_id IS NULL',
    },
    { name: 'executions_parent_idx', columns: ['parentId', 'domainName', 'userUuid'] },
    { name: 'executions_domain_name_idx', columns: ['domainName', 'name', 'id'] },
    { name: 'executions_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'executions_domain_modified_idx', columns: ['domainName', 'modifiedAt', 'id'] },
    { name: 'executions_domain_status_idx', columns: ['domainName', 'status', 'id'] },
  ],
});

/** The data of a row. */
export function toExecutionInfo(row: ExecutionRow): ExecutionInfo {
  return Object.freeze({
    id: row.id,
    domainName: row.domainName,
    userUuid: row.userUuid,
    parentId: row.parentId,
    name: row.name,
    description: row.description,
    status: row.status,
    statusChangedAt: row.statusChangedAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    metadata: freeze(row.metadata),
    tags: freeze(row.tags),
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    deletedAt: row.deletedAt,
  });
}
