import type { BatchPurgeOptions, WriteOptions } from '@holdfast/base';

/** What `update` may be told. */
export interface UpdateOptions extends WriteOptions {
  /** The version that the change was made for, where the entity has a column of versions. Default: whichever it has. */
  readonly expectedVersion?: number;
}

/** What `batchPurge` may be told. */
export interface BatchPurgeWriteOptions extends WriteOptions, Pick<BatchPurgeOptions, 'batchSize'> {}
