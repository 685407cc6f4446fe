import type { DomainName, UserId } from '@holdfast/domain-types';
import type { UserRole } from './user-role.js';
import type { UserStatus } from './user-status.js';

/** A user as callers see it: plain data, frozen all the way down. It says nothing of the password but when it was changed. */
export interface UserInfo {
  readonly id: UserId;
  /** As it was given; unique in its domain whatever its case. */
  readonly username: string;
  /** As it was given; unique in its domain whatever its case. */
  readonly email: string;
  readonly fullName: string | null;
  readonly description: string | null;
  readonly status: UserStatus;
  /** Why it is what it is, in words. */
  readonly statusInfo: string | null;
  readonly statusChangedAt: Date;
  readonly role: UserRole;
  readonly domainName: DomainName;
  /** What the user is called in another system. */
  readonly integrationId: string | null;
  readonly needPasswordChange: boolean;
  /** When the password was last set after the user was created. */
  readonly passwordChangedAt: Date | null;
  /** Addresses and networks (CIDR) that the user may come from; null is anywhere. */
  readonly allowedClientIps: readonly string[] | null;
  readonly resourcePolicy: string;
  /** The ids that the user's processes run with in containers; null leaves them to the agent. */
  readonly containerUid: number | null;
  readonly containerMainGid: number | null;
  readonly containerGids: readonly number[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Set while the user is soft-deleted. */
  readonly deletedAt: Date | null;
}
