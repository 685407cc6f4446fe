import type { AccessKey, DomainName, UserId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import { isAdministrator, type UserRole } from '../user-role.js';
import type { KeypairInfo } from './keypair-info.js';

/**
 * A row of the table `keypairs`: what conditions, orders and scopes speak of. Callers get `KeypairInfo`. Domain and role
 * are the user's: the foreign key covers them, so that they change with the user, in the same statement.
 */
export interface KeypairRow {
  accessKey: AccessKey;
  userId: UserId;
  domainName: DomainName;
  userRole: UserRole;
  isActive: boolean;
  isDefault: boolean;
  resourcePolicy: string;
  rateLimit: number;
  /** The one that this one came in place of. */
  predecessor: AccessKey | null;
  lastUsedAt: Date | null;
  createdAt: Date;
  modifiedAt: Date;
  revokedAt: Date | null;
}

const timestamp = 'timestamp with time zone';

export const KeypairRow = new EntitySchema<KeypairRow>({
  name: 'Keypair',
  tableName: 'keypairs',
  columns: {
    accessKey: { name: 'access_key', type: 'text', primary: true, primaryKeyConstraintName: 'keypairs_pkey' },
    userId: { name: 'user_id', type: 'uuid' },
    domainName: { name: 'domain_name', type: 'text' },
    userRole: { name: 'user_role', type: 'text' },
    isActive: { name: 'is_active', type: 'boolean', default: true },
    isDefault: { name: 'is_default', type: 'boolean', default: false },
    resourcePolicy: { name: 'resource_policy', type: 'text', default: 'default' },
    rateLimit: { name: 'rate_limit', type: 'integer', default: 10_000 },
    predecessor: { type: 'text', nullable: true },
    lastUsedAt: { name: 'last_used_at', type: timestamp, nullable: true },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    revokedAt: { name: 'revoked_at', type: timestamp, deleteDate: true, nullable: true },
  },
  foreignKeys: [
    {
      name: 'keypairs_user_fkey',
      target: 'User',
      columnNames: ['userId', 'domainName', 'userRole'],
      referencedColumnNames: ['id', 'domainName', 'role'],
      onDelete: 'CASCADE',
      onUpdate: 'CASCADE',
    },
  ],
  checks: [
    // What does not work is nobody's default, and what is revoked does not work.
    { name: 'keypairs_default_check', expression: 'is_active OR NOT is_default' },
    { name: 'keypairs_revoked_check', expression: 'revoked_at IS NULL OR NOT is_active' },
    { name: 'keypairs_rate_limit_check', expression: 'rate_limit >= 0' },
  ],
  uniques: [{ name: 'keypairs_predecessor_key', columns: ['predecessor'] }],
  indices: [
    { name: 'keypairs_default_key', columns: ['userId'], unique: true, where: 'is_default' },
    { name: 'keypairs_user_created_idx', columns: ['userId', 'createdAt', 'accessKey'] },
    { name: 'keypairs_domain_created_idx', columns: ['domainName', 'createdAt', 'accessKey'] },
  ],
});

/** The data of a row. */
export function toKeypairInfo(row: KeypairRow): KeypairInfo {
  return Object.freeze({
    accessKey: row.accessKey,
    userId: row.userId,
    domainName: row.domainName,
    isActive: row.isActive,
    isAdmin: isAdministrator(row.userRole),
    isDefault: row.isDefault,
    resourcePolicy: row.resourcePolicy,
    rateLimit: row.rateLimit,
    predecessor: row.predecessor,
    lastUsedAt: row.lastUsedAt,
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    revokedAt: row.revokedAt,
  });
}
