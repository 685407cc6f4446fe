import type { DomainName, ProjectId, ScalingGroupName, UserId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import type { FairShareId } from './fair-share-id.js';
import type { FairShareLevel } from './fair-share-level.js';
import type { UsageBucketInfo } from './usage-bucket-info.js';

/** A row of the table `usage_bucket_entries`: what was used of one slot on one day. Callers get `UsageBucketInfo`. */
export interface UsageBucketRow {
  /** The id that the share of the same domain, project or user has, whether there is a record of it or not. */
  fairShareId: FairShareId;
  /** A day in UTC. */
  periodStart: string;
  slotName: string;
  level: FairShareLevel;
  resourceGroupName: ScalingGroupName;
  domainName: DomainName;
  projectId: ProjectId | null;
  userUuid: UserId | null;
  resourceUsage: string;
}

const key = { primary: true, primaryKeyConstraintName: 'usage_bucket_entries_pkey' } as const;

export const UsageBucketRow = new EntitySchema<UsageBucketRow>({
  name: 'UsageBucketEntry',
  tableName: 'usage_bucket_entries',
  columns: {
    fairShareId: { name: 'fair_share_id', type: 'uuid', ...key },
    periodStart: { name: 'period_start', type: 'date', ...key },
    slotName: { name: 'slot_name', type: 'text', ...key },
    level: { type: 'text' },
    resourceGroupName: { name: 'resource_group_name', type: 'text' },
    domainName: { name: 'domain_name', type: 'text' },
    projectId: { name: 'project_id', type: 'uuid', nullable: true },
    userUuid: { name: 'user_uuid', type: 'uuid', nullable: true },
    resourceUsage: { name: 'resource_usage', type: 'numeric' },
  },
  indices: [
    { name: 'usage_bucket_entries_group_idx', columns: ['resourceGroupName', 'periodStart'] },
    { name: 'usage_bucket_entries_domain_idx', columns: ['domainName', 'periodStart'] },
  ],
});

/** The data of a row. */
export function toUsageBucketInfo(row: UsageBucketRow): UsageBucketInfo {
  return Object.freeze({
    fairShareId: row.fairShareId,
    periodStart: row.periodStart,
    slotName: row.slotName,
    level: row.level,
    resourceGroupName: row.resourceGroupName,
    domainName: row.domainName,
    projectId: row.projectId,
    userUuid: row.userUuid,
    resourceUsage: row.resourceUsage,
  });
}
