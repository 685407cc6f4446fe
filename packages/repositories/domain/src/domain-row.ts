import { type DomainId, type DomainName, type ResourceSlot, resourceSlotFromRow } from '@holdfast/domain-types';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { DomainInfo } from './domain-info.js';
import type { VfolderHosts } from './vfolder-hosts.js';

/** A row of the table `domains`: what conditions, orders and scopes speak of. Callers get `DomainInfo`. */
export interface DomainRow {
  name: DomainName;
  id: DomainId;
  description: string | null;
  isActive: boolean;
  isDefault: boolean;
  totalResourceSlots: Jsonb<ResourceSlot>;
  allowedVfolderHosts: Jsonb<VfolderHosts>;
  allowedDockerRegistries: readonly string[];
  integrationId: string | null;
  createdAt: Date;
  modifiedAt: Date;
  deletedAt: Date | null;
}

const timestamp = 'timestamp with time zone';

export const DomainRow = new EntitySchema<DomainRow>({
  name: 'Domain',
  tableName: 'domains',
  columns: {
    name: { type: 'text', primary: true, primaryKeyConstraintName: 'domains_pkey' },
    id: { type: 'uuid' },
    description: { type: 'varchar', length: 512, nullable: true },
    isActive: { name: 'is_active', type: 'boolean', default: true },
    isDefault: { name: 'is_default', type: 'boolean', default: false },
    totalResourceSlots: { name: 'total_resource_slots', type: 'jsonb', default: {} },
    allowedVfolderHosts: { name: 'allowed_vfolder_hosts', type: 'jsonb', default: {} },
    allowedDockerRegistries: { name: 'allowed_docker_registries', type: 'text', array: true },
    integrationId: { name: 'integration_id', type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  checks: [{ name: 'domains_default_stays_check', expression: 'NOT is_default OR deleted_at IS NULL' }],
  uniques: [{ name: 'domains_id_key', columns: ['id'] }],
  indices: [
    { name: 'domains_default_key', columns: ['isDefault'], unique: true, where: 'is_default' },
    { name: 'domains_created_idx', columns: ['createdAt', 'name'] },
    { name: 'domains_modified_idx', columns: ['modifiedAt', 'name'] },
    { name: 'domains_integration_idx', columns: ['integrationId', 'name'] },
  ],
});

/** The data of a row; what is nested in the row is frozen and shared. */
export function toDomainInfo(row: DomainRow): DomainInfo {
  return Object.freeze({
    name: row.name,
    id: row.id,
    description: row.description,
    isActive: row.isActive,
    isDefault: row.isDefault,
    totalResourceSlots: resourceSlotFromRow(row.totalResourceSlots),
    allowedVfolderHosts: row.allowedVfolderHosts,
    allowedDockerRegistries: Object.freeze(row.allowedDockerRegistries),
    integrationId: row.integrationId,
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    deletedAt: row.deletedAt,
  });
}
