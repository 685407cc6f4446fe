import type { BulkContender } from './bulk-task.js';
import { openHoldfastBulk } from './holdfast-bulk.js';
import { openPgBulk } from './pg-bulk.js';

/** The contender that the others are compared with. */
export const REFERENCE = 'pg';

export const bulkContenders: Readonly<Record<string, (url: string) => Promise<BulkContender>>> = {
  pg: openPgBulk,
  holdfast: openHoldfastBulk,
};
