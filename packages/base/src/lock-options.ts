import type { ReadOptions } from './read-options.js';
import type { RowLock } from './specs/row-lock.js';

/** What a repository's reads of one row may be told within a dbSession that writes. */
export interface LockOptions extends ReadOptions, RowLock {}
