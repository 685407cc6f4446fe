import type { Outcome } from '@holdfast/errors';
import type { Incarnation } from './incarnation.js';

/** What a server says of a transaction id (`pg_xact_status`); `future` for one that it has not given out yet. */
export type TransactionStatus = 'committed' | 'aborted' | 'in progress' | 'future' | null;

/**
 * What became of a transaction that began in one life of a server, by what the server says of its id now; `wait` while it
 * has not ended.
 *
 * In the same life the status is the truth. In another one of the same cluster an id that is not `committed` was not
 * ours any more: had it been committed, its record had survived, and the id with it. An id that is `committed` may be
 * somebody else's.
 */
export function verdict(began: Incarnation, now: Incarnation, status: TransactionStatus): Outcome | 'wait' {
  if (status === null || began.cluster !== now.cluster) return 'unknown';
  const isSameLife = began.epoch === now.epoch;
  switch (status) {
    case 'committed':
      return isSameLife ? 'committed' : 'unknown';
    case 'aborted':
      return 'not-committed';
    case 'in progress':
      return isSameLife ? 'wait' : 'not-committed';
    case 'future':
      return isSameLife ? 'unknown' : 'not-committed';
  }
}
