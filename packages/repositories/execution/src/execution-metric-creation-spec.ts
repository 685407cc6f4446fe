import type { DomainName, UserId } from '@holdfast/domain-types';
import type { ExecutionId } from './execution-id.js';
import type { Metadata } from './execution-metadata.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import type { ExecutionMetricType } from './execution-metric-type.js';
import type { Tags } from './execution-tags.js';

/** What a metric is: execution, name and tags tell those of a user apart. Domain and user are needed unless the scope gives them. */
export interface ExecutionMetricCreationSpec {
  /** Default: a new one. */
  readonly id?: ExecutionMetricId;
  readonly domainName?: DomainName;
  readonly userUuid?: UserId;
  /** An execution of the same user. Default null: of none. */
  readonly executionId?: ExecutionId | null;
  /** 1 to 250 characters, e.g. `loss`. */
  readonly name: string;
  readonly type: ExecutionMetricType;
  /** Of a histogram, and of no other: 1 to 200 finite numbers that grow. */
  readonly bounds?: readonly number[];
  /** E.g. `s`. Default null. */
  readonly unit?: string | null;
  /** At most 100. Default none. */
  readonly tags?: Tags;
  /** Default none. */
  readonly metadata?: Metadata;
}
