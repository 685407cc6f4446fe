import type { PartialFailure } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';

/** What became of each user that was to become a member, in the order given; who came twice is told of once. */
export interface AssignmentResult {
  readonly assigned: readonly UserId[];
  readonly alreadyMembers: readonly UserId[];
  /** Those whom a `MemberCheck` refused. */
  readonly failures: readonly PartialFailure<UserId>[];
}

/** What became of each user that was to be a member no longer, in the order given; who came twice is told of once. */
export interface UnassignmentResult {
  readonly removed: readonly UserId[];
  readonly notMembers: readonly UserId[];
  /** Those whom a `MemberConflictCheck` kept. */
  readonly failures: readonly PartialFailure<UserId>[];
}
