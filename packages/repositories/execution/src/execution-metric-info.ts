import type { DomainName, UserId } from '@holdfast/domain-types';
import type { ExecutionId } from './execution-id.js';
import type { Metadata } from './execution-metadata.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import type { ExecutionMetricType } from './execution-metric-type.js';
import type { Tags } from './execution-tags.js';

/** A metric, of which there are points: plain data, frozen. */
export interface ExecutionMetricInfo {
  readonly id: ExecutionMetricId;
  readonly domainName: DomainName;
  /** Whose it is: the user of its execution. */
  readonly userUuid: UserId;
  /** Null where it is of no execution, but say of a process. */
  readonly executionId: ExecutionId | null;
  readonly name: string;
  readonly type: ExecutionMetricType;
  /** The upper bounds of a histogram's buckets, each inclusive; there is one bucket more, for what is above. */
  readonly bounds: readonly number[] | null;
  readonly unit: string | null;
  /** What tells it apart from others of its name. */
  readonly tags: Tags;
  readonly metadata: Metadata;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}
