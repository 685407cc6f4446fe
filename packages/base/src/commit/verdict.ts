import type { Outcome } from '@holdfast/errors';
import type { Incarnation } from './incarnation.js';

/** What a server says of a transaction id (`pg_xact_status`); `future` for one that it has not given out yet. */
export type TransactionStatus = 'committed' | 'aborted' | 'in progress' | 'future' | null;

/**
 * What became of a transaction that began in one life of a server, by what the server says of its id now; `wait` while
 * whatever has the id has not ended.
 *
 * In the same life the status is the truth. In another one of the same cluster an id that is `aborted`, or not given out
 * any more, is no commit of ours: had there been one, its record had survived, and the id with it. One that is `committed`
 * may be somebody else's; and one that is `in progress` may still be ours, for what looks like another life may be the
 * same one, whose statistics somebody has reset.
 */
export function verdict(began: Incarnation, now: Incarnation, status: TransactionStatus): Outcome | 'wait' {
  if (status === null || began.cluster !== now.cluster) return 'unknown';
  const isSame = isSameLife(began, now);
  switch (status) {
    case 'committed':
      return isSame ? 'committed' : 'unknown';
    case 'aborted':
      return 'not-committed';
    case 'in progress':
      return 'wait';
    case 'future':
      return isSame ? 'unknown' : 'not-committed';
  }
}

export function isSameLife(one: Incarnation, other: Incarnation): boolean {
  return one.cluster === other.cluster && one.epoch === other.epoch;
}
