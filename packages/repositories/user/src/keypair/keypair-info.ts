import type { AccessKey, DomainName, UserId } from '@holdfast/domain-types';

/** A key pair as callers see it, without its secret half: plain data, frozen. */
export interface KeypairInfo {
  readonly accessKey: AccessKey;
  readonly userId: UserId;
  /** The user's. */
  readonly domainName: DomainName;
  /** Whether requests may be signed with it, as far as the key pair is asked; its user must be active too. */
  readonly isActive: boolean;
  /** Whether its user is an administrator: it follows the user's role. */
  readonly isAdmin: boolean;
  /** Whether it is the one that its user signs with where nothing else is said. An active one; a user has at most one. */
  readonly isDefault: boolean;
  readonly resourcePolicy: string;
  /** The requests that may be made with it in 15 minutes. */
  readonly rateLimit: number;
  /** The one that this one was made in place of. */
  readonly predecessor: AccessKey | null;
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Set once it is revoked, for good. */
  readonly revokedAt: Date | null;
}
