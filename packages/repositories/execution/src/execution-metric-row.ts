import type { DomainName, UserId } from '@holdfast/domain-types';
import { freeze, type Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { ExecutionId } from './execution-id.js';
import type { Metadata } from './execution-metadata.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import type { ExecutionMetricInfo } from './execution-metric-info.js';
import type { ExecutionMetricType } from './execution-metric-type.js';
import type { Tags } from './execution-tags.js';

/** A row of the table `execution_metrics`: what conditions, orders and scopes speak of. Callers get `ExecutionMetricInfo`. */
export interface ExecutionMetricRow {
  id: ExecutionMetricId;
  domainName: DomainName;
  userUuid: UserId;
  executionId: ExecutionId | null;
  name: string;
  type: ExecutionMetricType;
  bounds: number[] | null;
  unit: string | null;
  tags: Jsonb<Tags>;
  metadata: Jsonb<Metadata>;
  /** A digest of execution, name and tags: what the metric is known by among those of its user. */
  identity: string;
  createdAt: Date;
  modifiedAt: Date;
}

const timestamp = 'timestamp with time zone';

export const ExecutionMetricRow = new EntitySchema<ExecutionMetricRow>({
  name: 'ExecutionMetric',
  tableName: 'execution_metrics',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'execution_metrics_pkey' },
    domainName: { name: 'domain_name', type: 'text' },
    userUuid: { name: 'user_uuid', type: 'uuid' },
    executionId: { name: 'execution_id', type: 'uuid', nullable: true },
    name: { type: 'text' },
    type: { type: 'text' },
    bounds: { type: 'double precision', array: true, nullable: true },
    unit: { type: 'text', nullable: true },
    tags: { type: 'jsonb', default: {} },
    metadata: { type: 'jsonb', default: {} },
    identity: { type: 'text' },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
  },
  foreignKeys: [
    {
      name: 'execution_metrics_execution_fkey',
      target: 'Execution',
      columnNames: ['executionId', 'domainName', 'userUuid'],
      referencedColumnNames: ['id', 'domainName', 'userUuid'],
      onDelete: 'CASCADE',
    },
  ],
  uniques: [{ name: 'execution_metrics_identity_key', columns: ['domainName', 'userUuid', 'identity'] }],
  checks: [
    { name: 'execution_metrics_name_check', expression: `name <> ''` },
    {
      name: 'execution_metrics_type_check',
      expression: `type IN ('counter', 'gauge', 'histogram') AND (type = 'histogram') = (bounds IS NOT NULL)`,
    },
  ],
  indices: [
    { name: 'execution_metrics_execution_idx', columns: ['executionId', 'domainName', 'userUuid', 'name'] },
    { name: 'execution_metrics_domain_name_idx', columns: ['domainName', 'name', 'id'] },
    { name: 'execution_metrics_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
  ],
});

/** The data of a row. */
export function toExecutionMetricInfo(row: ExecutionMetricRow): ExecutionMetricInfo {
  return Object.freeze({
    id: row.id,
    domainName: row.domainName,
    userUuid: row.userUuid,
    executionId: row.executionId,
    name: row.name,
    type: row.type,
    bounds: row.bounds === null ? null : Object.freeze(row.bounds),
    unit: row.unit,
    tags: freeze(row.tags),
    metadata: freeze(row.metadata),
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
  });
}
