import type { DomainName, UserId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import type { UserInfo } from './user-info.js';
import type { UserRole } from './user-role.js';
import type { LiveUserStatus, UserStatus } from './user-status.js';

/** A row of the table `users`: what conditions, orders and scopes speak of. Callers get `UserInfo`. */
export interface UserRow {
  id: UserId;
  username: string;
  email: string;
  fullName: string | null;
  description: string | null;
  /** What the user is, deleted for one. Computed by the database. */
  status: UserStatus;
  /** What it is, or was when it was deleted. */
  liveStatus: LiveUserStatus;
  statusInfo: string | null;
  statusChangedAt: Date;
  role: UserRole;
  domainName: DomainName;
  integrationId: string | null;
  needPasswordChange: boolean;
  passwordChangedAt: Date | null;
  allowedClientIps: readonly string[] | null;
  resourcePolicy: string;
  containerUid: number | null;
  containerMainGid: number | null;
  containerGids: readonly number[];
  createdAt: Date;
  modifiedAt: Date;
  deletedAt: Date | null;
}

const timestamp = 'timestamp with time zone';

export const UserRow = new EntitySchema<UserRow>({
  name: 'User',
  tableName: 'users',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'users_pkey' },
    // What is the same name does not depend on the language of the database.
    username: { type: 'text', collation: 'C' },
    email: { type: 'text', collation: 'C' },
    fullName: { name: 'full_name', type: 'text', nullable: true },
    description: { type: 'text', nullable: true },
    status: {
      type: 'text',
      insert: false,
      update: false,
      generatedType: 'STORED',
      asExpression: `CASE WHEN deleted_at IS NULL THEN live_status ELSE 'deleted' END`,
    },
    liveStatus: { name: 'live_status', type: 'text', default: 'active' },
    statusInfo: { name: 'status_info', type: 'text', nullable: true },
    statusChangedAt: { name: 'status_changed_at', type: timestamp, default: () => 'now()' },
    role: { type: 'text', default: 'user' },
    domainName: { name: 'domain_name', type: 'text' },
    integrationId: { name: 'integration_id', type: 'text', nullable: true },
    needPasswordChange: { name: 'need_password_change', type: 'boolean', default: false },
    passwordChangedAt: { name: 'password_changed_at', type: timestamp, nullable: true },
    allowedClientIps: { name: 'allowed_client_ips', type: 'text', array: true, nullable: true },
    resourcePolicy: { name: 'resource_policy', type: 'text', default: 'default' },
    containerUid: { name: 'container_uid', type: 'integer', nullable: true },
    containerMainGid: { name: 'container_main_gid', type: 'integer', nullable: true },
    containerGids: { name: 'container_gids', type: 'integer', array: true, default: () => `'{}'` },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    modifiedAt: { name: 'modified_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  checks: [
    { name: 'users_status_check', expression: `live_status IN ('active', 'inactive', 'before-verification')` },
    { name: 'users_role_check', expression: `role IN ('superadmin', 'admin', 'user', 'monitor')` },
  ],
  // What key pairs refer to, so that their domain and role are their user's.
  uniques: [{ name: 'users_owner_key', columns: ['id', 'domainName', 'role'] }],
  indices: [
    // Made by the migration, over lower(…), which TypeORM cannot say: it is told to leave them alone.
    { name: 'users_email_key', synchronize: false },
    { name: 'users_username_key', synchronize: false },
    { name: 'users_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'users_domain_modified_idx', columns: ['domainName', 'modifiedAt', 'id'] },
    { name: 'users_domain_status_idx', columns: ['domainName', 'status', 'id'] },
    { name: 'users_domain_username_idx', columns: ['domainName', 'username', 'id'] },
    { name: 'users_domain_email_idx', columns: ['domainName', 'email', 'id'] },
    { name: 'users_domain_full_name_idx', columns: ['domainName', 'fullName', 'id'] },
    { name: 'users_deleted_idx', columns: ['deletedAt'], where: 'deleted_at IS NOT NULL' },
  ],
});

/** The data of a row; what is nested in the row is frozen and shared. */
export function toUserInfo(row: UserRow): UserInfo {
  return Object.freeze({
    id: row.id,
    username: row.username,
    email: row.email,
    fullName: row.fullName,
    description: row.description,
    status: row.status,
    statusInfo: row.statusInfo,
    statusChangedAt: row.statusChangedAt,
    role: row.role,
    domainName: row.domainName,
    integrationId: row.integrationId,
    needPasswordChange: row.needPasswordChange,
    passwordChangedAt: row.passwordChangedAt,
    allowedClientIps: Object.freeze(row.allowedClientIps),
    resourcePolicy: row.resourcePolicy,
    containerUid: row.containerUid,
    containerMainGid: row.containerMainGid,
    containerGids: Object.freeze(row.containerGids),
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    deletedAt: row.deletedAt,
  });
}
