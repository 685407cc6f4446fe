import type { ConflictCheck } from '@holdfast/base';
import { DbSource } from './db-source.js';

/** A db source whose rows are only purged when nothing keeps them. */
export class CheckedDbSource extends DbSource {
  /** What keeps rows from being purged, in the order in which it is asked. */
  protected purgeChecks(): readonly ConflictCheck[] {
    return this.options.conflictChecks ?? [];
  }
}
