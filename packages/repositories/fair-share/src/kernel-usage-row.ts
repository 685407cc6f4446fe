import type { DomainName, KernelId, ProjectId, ResourceSlot, ScalingGroupName, UserId } from '@holdfast/domain-types';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';

/** A row of the table `kernel_usage_records`: what a kernel used within one slice. */
export interface KernelUsageRow {
  kernelId: KernelId;
  periodStart: Date;
  periodEnd: Date;
  resourceGroupName: ScalingGroupName;
  domainName: DomainName;
  projectId: ProjectId;
  userUuid: UserId;
  /** Amounts times seconds. */
  resourceUsage: Jsonb<ResourceSlot>;
}

const timestamp = 'timestamp with time zone';
const key = { primary: true, primaryKeyConstraintName: 'kernel_usage_records_pkey' } as const;

export const KernelUsageRow = new EntitySchema<KernelUsageRow>({
  name: 'KernelUsage',
  tableName: 'kernel_usage_records',
  columns: {
    kernelId: { name: 'kernel_id', type: 'uuid', ...key },
    periodStart: { name: 'period_start', type: timestamp, ...key },
    periodEnd: { name: 'period_end', type: timestamp },
    resourceGroupName: { name: 'resource_group_name', type: 'text' },
    domainName: { name: 'domain_name', type: 'text' },
    projectId: { name: 'project_id', type: 'uuid' },
    userUuid: { name: 'user_uuid', type: 'uuid' },
    resourceUsage: { name: 'resource_usage', type: 'jsonb' },
  },
  indices: [{ name: 'kernel_usage_records_start_idx', columns: ['periodStart'] }],
});
