import type { DomainName, UserId } from '@holdfast/domain-types';
import type { PasswordHash } from './password/password-hash.js';
import type { UserRole } from './user-role.js';
import type { LiveUserStatus } from './user-status.js';

/** What a user is created from: a plain value. The domain is needed unless the scope gives it. */
export interface UserCreationSpec {
  /** Default: a new one. */
  readonly id?: UserId;
  /** 1 to 64 ASCII letters, digits and `. _ @ + -`. */
  readonly username: string;
  readonly email: string;
  /** `await hashPassword(plain)`. Default null: the user cannot sign in by a password. */
  readonly password?: PasswordHash | null;
  readonly domainName?: DomainName;
  /** Default `user`. */
  readonly role?: UserRole;
  /** Default `active`. */
  readonly status?: LiveUserStatus;
  readonly statusInfo?: string | null;
  readonly fullName?: string | null;
  readonly description?: string | null;
  readonly integrationId?: string | null;
  /** Default false. */
  readonly needPasswordChange?: boolean;
  /** Addresses and networks (CIDR). Default null: anywhere. */
  readonly allowedClientIps?: readonly string[] | null;
  /** Default `default`. */
  readonly resourcePolicy?: string;
  readonly containerUid?: number | null;
  readonly containerMainGid?: number | null;
  /** Default none. */
  readonly containerGids?: readonly number[];
}
