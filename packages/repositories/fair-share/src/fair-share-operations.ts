import { entityOperations } from '@holdfast/base';
import { FairShareAlreadyExists } from './fair-share-already-exists.js';
import type { FairShareId } from './fair-share-id.js';
import type { FairShareInfo } from './fair-share-info.js';
import { FairShareNotFound } from './fair-share-not-found.js';
import { FairShareRow, toFairShareInfo } from './fair-share-row.js';

/** The standard operations on the table `fair_shares`. */
export const fairShares = entityOperations<FairShareRow, FairShareInfo, FairShareId>({
  entity: FairShareRow,
  toData: toFairShareInfo,
  notFound: (id) => new FairShareNotFound(id),
  alreadyExists: () => new FairShareAlreadyExists(),
  softDelete: 'deletedAt',
});
