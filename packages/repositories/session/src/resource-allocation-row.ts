import type { KernelId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import { ownedForeignKey, ownerColumns, type SessionOwner } from './session-owner.js';

/** A row of the table `resource_allocations`: how much of one slot a kernel has asked for, and uses. */
export interface ResourceAllocationRow extends SessionOwner {
  kernelId: KernelId;
  slotName: string;
  /** Decimal text, exact. */
  requested: string;
  /** Null until the kernel occupies something. */
  used: string | null;
  /** Since when the kernel holds it no more. A kernel that is over holds nothing: a trigger sees to it. */
  freedAt: Date | null;
}

const primaryKeyConstraintName = 'resource_allocations_pkey';

export const ResourceAllocationRow = new EntitySchema<ResourceAllocationRow>({
  name: 'ResourceAllocation',
  tableName: 'resource_allocations',
  columns: {
    kernelId: { name: 'kernel_id', type: 'uuid', primary: true, primaryKeyConstraintName },
    slotName: { name: 'slot_name', type: 'text', primary: true, primaryKeyConstraintName },
    requested: { type: 'numeric' },
    used: { type: 'numeric', nullable: true },
    freedAt: { name: 'freed_at', type: 'timestamp with time zone', nullable: true },
    ...ownerColumns,
  },
  foreignKeys: [ownedForeignKey('resource_allocations_kernel_fkey', 'Kernel', 'kernelId')],
  checks: [{ name: 'resource_allocations_amount_check', expression: 'requested >= 0 AND used >= 0' }],
});
