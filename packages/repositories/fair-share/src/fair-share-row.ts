import {
  type DomainName,
  type ProjectId,
  type ResourceSlot,
  resourceSlotFromRow,
  type ScalingGroupName,
  type UserId,
} from '@holdfast/domain-types';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { FairShareId } from './fair-share-id.js';
import type { FairShareInfo } from './fair-share-info.js';
import type { FairShareLevel } from './fair-share-level.js';

/** A row of the table `fair_shares`: what conditions, orders and scopes speak of. Callers get `FairShareInfo`. */
export interface FairShareRow {
  id: FairShareId;
  level: FairShareLevel;
  resourceGroupName: ScalingGroupName;
  domainName: DomainName;
  projectId: ProjectId | null;
  userUuid: UserId | null;
  weight: string | null;
  resourceWeights: Jsonb<ResourceSlot>;
  fairShareFactor: string;
  normalizedUsage: string;
  totalDecayedUsage: Jsonb<ResourceSlot>;
  schedulingRank: number | null;
  lookbackStart: string | null;
  lookbackEnd: string | null;
  lastCalculatedAt: Date | null;
  createdAt: Date;
  modifiedAt: Date;
  deletedAt: Date | null;
}

const timestamp = 'timestamp with time zone';

export const FairShareRow = new EntitySchema<FairShareRow>({
  name: 'FairShare',
  tableName: 'fair_shares',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'fair_shares_pkey' },
    level: { type: 'text' },
    resourceGroupName: { name: 'resource_group_name', type: 'text' },
    domainName: { name: 'domain_name', type: 'text' },
    projectId: { name: 'project_id', type: 'uuid', nullable: true },
    userUuid: { name: 'user_uuid', type: 'uuid', nullable: true },
    weight: { type: 'numeric', nullable: true },
    resourceWeights: { name: 'resource_weights', type: 'jsonb', default: {} },
    fairShareFactor: { name: 'fair_share_factor', type: 'numeric', default: 1 },
    normalizedUsage: { name: 'normalized_usage', type: 'numeric', default: 0 },
    totalDecayedUsage: { name: 'total_decayed_usage', type: 'jsonb', default: {} },
    schedulingRank: { name: 'scheduling_rank', type: 'integer', nullable: true },
    lookbackStart: { name: 'lookback_start', type: 'date', nullable: true },
    lookbackEnd: { name: 'lookback_end', type: 'date', nullable: true },
    lastCalculatedAt: { name: 'last_calculated_at', type: timestamp, nullable: true },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  checks: [
    {
      name: 'fair_shares_level_check',
      expression:
        `(level = 'domain' AND project_id IS NULL AND user_uuid IS NULL) ` +
        `OR (level = 'project' AND project_id IS NOT NULL AND user_uuid IS NULL) ` +
        `OR (level = 'user' AND project_id IS NOT NULL AND user_uuid IS NOT NULL)`,
    },
    { name: 'fair_shares_weight_check', expression: `weight > 0` },
  ],
  indices: [
    { name: 'fair_shares_domain_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'fair_shares_domain_factor_idx', columns: ['domainName', 'fairShareFactor', 'id'] },
    { name: 'fair_shares_project_idx', columns: ['projectId', 'id'] },
    { name: 'fair_shares_user_idx', columns: ['userUuid', 'id'] },
    { name: 'fair_shares_group_rank_idx', columns: ['resourceGroupName', 'schedulingRank', 'id'] },
  ],
});

/** The data of a row; what is nested in the row is frozen and shared. */
export function toFairShareInfo(row: FairShareRow): FairShareInfo {
  return Object.freeze({
    id: row.id,
    level: row.level,
    resourceGroupName: row.resourceGroupName,
    domainName: row.domainName,
    projectId: row.projectId,
    userUuid: row.userUuid,
    weight: row.weight,
    resourceWeights: resourceSlotFromRow(row.resourceWeights),
    fairShareFactor: row.fairShareFactor,
    normalizedUsage: row.normalizedUsage,
    totalDecayedUsage: resourceSlotFromRow(row.totalDecayedUsage),
    schedulingRank: row.schedulingRank,
    lookbackStart: row.lookbackStart,
    lookbackEnd: row.lookbackEnd,
    lastCalculatedAt: row.lastCalculatedAt,
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    deletedAt: row.deletedAt,
  });
}
