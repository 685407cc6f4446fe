import { Misuse } from '@holdfast/errors';
import type { RowSelection } from './row-selection.js';

/** How a row is locked until its transaction ends (PostgreSQL 13.3.2), and what happens where somebody else holds it. */
export interface RowLock extends RowSelection {
  /** `update` excludes all other locks, `noKeyUpdate` lets rows refer to it meanwhile, `share` lets others read-lock it. */
  readonly lock: 'update' | 'noKeyUpdate' | 'share';
  /** Throws LockNotAvailable instead of waiting. Default false. */
  readonly noWait?: boolean;
  /** Takes a row that is locked for one that is not there. Default false. */
  readonly skipLocked?: boolean;
}

const clauses: Readonly<Record<RowLock['lock'], string>> = {
  update: ' FOR UPDATE',
  noKeyUpdate: ' FOR NO KEY UPDATE',
  share: ' FOR SHARE',
};

/** The end of a SELECT that locks what it reads. Throws Misuse for what is no lock. */
export function lockClause({ lock, noWait = false, skipLocked = false }: RowLock): string {
  if (!Object.hasOwn(clauses, lock)) throw new Misuse(`There is no row lock ${String(lock)}.`);
  if (noWait && skipLocked) throw new Misuse('noWait and skipLocked exclude each other.');
  return clauses[lock] + (noWait ? ' NOWAIT' : skipLocked ? ' SKIP LOCKED' : '');
}

/** Whether a selection asks for a lock. */
export function isRowLock(selection: RowSelection | RowLock): selection is RowLock {
  return (selection as Partial<RowLock>).lock !== undefined;
}
