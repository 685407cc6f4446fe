import { entityOperations } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import type { UsageBucketInfo } from './usage-bucket-info.js';
import { toUsageBucketInfo, UsageBucketRow } from './usage-bucket-row.js';

/** The standard operations on the table `usage_bucket_entries`; those that read are used. */
export const usageBuckets = entityOperations<UsageBucketRow, UsageBucketInfo, never>({
  entity: UsageBucketRow,
  toData: toUsageBucketInfo,
  notFound: () => new EntityNotFound('usage-bucket', 'No such use.'),
  alreadyExists: () => new EntityAlreadyExists('usage-bucket', 'This use is there already.'),
});
