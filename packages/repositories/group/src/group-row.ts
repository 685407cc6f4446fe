import { type DomainName, type ProjectId, type ResourceSlot, resourceSlotFromRow } from '@holdfast/domain-types';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { ContainerRegistry } from './container-registry.js';
import type { GroupInfo } from './group-info.js';
import type { GroupMemberRow } from './group-member-row.js';
import type { GroupType } from './group-type.js';

/** A row of the table `groups`: what conditions, orders and scopes speak of. Callers get `GroupInfo`. */
export interface GroupRow {
  id: ProjectId;
  name: string;
  domainName: DomainName;
  description: string | null;
  isActive: boolean;
  type: GroupType;
  totalResourceSlots: Jsonb<ResourceSlot>;
  integrationId: string | null;
  containerRegistry: Jsonb<ContainerRegistry> | null;
  createdAt: Date;
  modifiedAt: Date;
  deletedAt: Date | null;
  readonly members?: readonly GroupMemberRow[];
}

const timestamp = 'timestamp with time zone';

export const GroupRow = new EntitySchema<GroupRow>({
  name: 'Group',
  tableName: 'groups',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'groups_pkey' },
    name: { type: 'text' },
    domainName: { name: 'domain_name', type: 'text' },
    description: { type: 'varchar', length: 512, nullable: true },
    isActive: { name: 'is_active', type: 'boolean', default: true },
    type: { type: 'text', default: 'general' },
    totalResourceSlots: { name: 'total_resource_slots', type: 'jsonb', default: {} },
    integrationId: { name: 'integration_id', type: 'text', nullable: true },
    containerRegistry: { name: 'container_registry', type: 'jsonb', nullable: true },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  relations: { members: { type: 'one-to-many', target: 'GroupMember', inverseSide: 'group' } },
  checks: [{ name: 'groups_type_check', expression: `type IN ('general', 'model-store')` }],
  uniques: [{ name: 'groups_name_key', columns: ['domainName', 'name'] }],
  indices: [
    { name: 'groups_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'groups_domain_modified_idx', columns: ['domainName', 'modifiedAt', 'id'] },
    { name: 'groups_integration_idx', columns: ['integrationId', 'id'] },
  ],
});

/** The data of a row; what is nested in the row is frozen and shared. */
export function toGroupInfo(row: GroupRow): GroupInfo {
  return Object.freeze({
    id: row.id,
    name: row.name,
    domainName: row.domainName,
    description: row.description,
    isActive: row.isActive,
    type: row.type,
    totalResourceSlots: resourceSlotFromRow(row.totalResourceSlots),
    integrationId: row.integrationId,
    containerRegistry: Object.freeze(row.containerRegistry),
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    deletedAt: row.deletedAt,
  });
}
