import type { EntitySchema } from 'typeorm';
import { FairShareRow } from './fair-share-row.js';
import { KernelUsageRow } from './kernel-usage-row.js';
import { UsageBucketRow } from './usage-bucket-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const fairShareEntities: readonly EntitySchema[] = Object.freeze([
  FairShareRow,
  KernelUsageRow,
  UsageBucketRow,
] as EntitySchema[]);
