/** Whether a user may do anything. */
export const UserStatus = Object.freeze({
  ACTIVE: 'active',
  INACTIVE: 'inactive',
  /** Soft-deleted: what a user is while `deletedAt` is set, whatever it was before. */
  DELETED: 'deleted',
  /** Has not yet proven that the e-mail address is its own. */
  BEFORE_VERIFICATION: 'before-verification',
});

export type UserStatus = (typeof UserStatus)[keyof typeof UserStatus];

/** What a user that is not deleted can be. */
export type LiveUserStatus = Exclude<UserStatus, 'deleted'>;

export const LIVE_USER_STATUSES: readonly LiveUserStatus[] = Object.freeze([
  'active',
  'inactive',
  'before-verification',
]);

const successors: Readonly<Record<LiveUserStatus, readonly LiveUserStatus[]>> = {
  active: ['inactive'],
  inactive: ['active'],
  'before-verification': ['active', 'inactive'],
};

/** Whether a user may go from one status straight to another by `updateStatus`. What is deleted is restored first. */
export function isLegalTransition(from: UserStatus, to: LiveUserStatus): boolean {
  return from !== 'deleted' && successors[from].includes(to);
}

/** The statuses that a user may come from. */
export function legalPredecessors(to: LiveUserStatus): readonly LiveUserStatus[] {
  return LIVE_USER_STATUSES.filter((from) => isLegalTransition(from, to));
}
