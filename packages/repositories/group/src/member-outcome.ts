import type { PartialFailure } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import type { HoldfastError } from '@holdfast/errors';
import { columnType, type ColumnShape } from '@holdfast/querier';
import type { GivenUsers } from './given-users.js';

/** What became of one user: it was done, there was nothing to do, or why it was not done. */
export type MemberOutcome = 'done' | 'idle' | HoldfastError;

/** What statements about users answer for each: the first check that failed, and whether something was stored. */
interface OutcomeRow {
  readonly userUuid: UserId;
  readonly failed: number | null;
  readonly isDone: boolean;
}

const column = (property: keyof OutcomeRow, type: string): ColumnShape => ({
  property,
  sql: property,
  type: columnType(type),
  nullable: true,
});

/** The columns of such an answer, in the order of the statement. */
export const outcomeFormat = {
  columns: [column('userUuid', 'uuid'), column('failed', 'int'), column('isDone', 'boolean')],
  extra: [],
  keys: [],
  leads: 0,
};

/** The outcomes of an answer. */
export function outcomesOf(
  rows: readonly object[],
  checks: readonly { readonly error: (userUuid: UserId) => HoldfastError }[],
): ReadonlyMap<UserId, MemberOutcome> {
  return new Map(
    (rows as readonly OutcomeRow[]).map(({ userUuid, failed, isDone }) => [
      userUuid,
      failed !== null ? checks[failed]!.error(userUuid) : isDone ? 'done' : 'idle',
    ]),
  );
}

/** The users by what became of them, in the order given. Of whom nothing was told there was nothing to do. */
export function sorted(
  users: GivenUsers,
  outcomes: ReadonlyMap<UserId, MemberOutcome>,
): {
  readonly done: readonly UserId[];
  readonly idle: readonly UserId[];
  readonly failures: readonly PartialFailure<UserId>[];
} {
  const by: Record<'done' | 'idle', UserId[]> = { done: [], idle: [] };
  const failures: PartialFailure<UserId>[] = [];
  for (const [user, index] of users) {
    const outcome = outcomes.get(user) ?? 'idle';
    if (typeof outcome === 'string') by[outcome].push(user);
    else failures.push(Object.freeze({ index, spec: user, error: outcome }));
  }
  return { done: Object.freeze(by.done), idle: Object.freeze(by.idle), failures: Object.freeze(failures) };
}
