import type { ConflictCheck } from '@holdfast/base';

/** Where rows lie that an application knows of, or nothing where it has none, and the error for what they refer to. */
export type DeclaredCheck = readonly [
  referrers: Omit<ConflictCheck, 'error'> | undefined,
  error: ConflictCheck['error'],
];

/** The conflict checks of what is there, in the order given: `conflictChecksOf([[users, () => new DomainHasUsers()]])`. */
export function conflictChecksOf(declared: readonly DeclaredCheck[]): readonly ConflictCheck[] {
  return Object.freeze(
    declared.flatMap(([referrers, error]) => (referrers === undefined ? [] : [Object.freeze({ ...referrers, error })])),
  );
}
