import { openPgAskedCopy, openPgCopy, openPgStatements } from './pg-creators.js';
import { openHoldfastStatements } from './holdfast-statements.js';
import type { BulkContender, BulkCreator } from './bulk-task.js';
import { openHoldfastBulk } from './holdfast-bulk.js';
import { openPgBulk } from './pg-bulk.js';

/** The contender that the others are compared with. */
export const REFERENCE = 'pg';

export const bulkContenders: Readonly<Record<string, (url: string) => Promise<BulkContender>>> = {
  pg: openPgBulk,
  holdfast: openHoldfastBulk,
};

/** More ways to create alone. */
export const bulkCreators: Readonly<Record<string, (url: string) => Promise<BulkCreator>>> = {
  ...bulkContenders,
  'holdfast-statements': openHoldfastStatements,
  'pg-statements': openPgStatements,
  'pg-copy': openPgCopy,
  'pg-asked-copy': openPgAskedCopy,
};
