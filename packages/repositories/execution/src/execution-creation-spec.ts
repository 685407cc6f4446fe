import type { DomainName, UserId } from '@holdfast/domain-types';
import type { ExecutionId } from './execution-id.js';
import type { Metadata } from './execution-metadata.js';
import type { Tags } from './execution-tags.js';

/** What an execution is created from: it is scheduled. Domain and user are needed unless the scope gives them. */
export interface ExecutionCreationSpec {
  /** Default: a new one. */
  readonly id?: ExecutionId;
  readonly domainName?: DomainName;
  readonly userUuid?: UserId;
  /** An execution of the same user. Default null. */
  readonly parentId?: ExecutionId | null;
  /** Not empty. */
  readonly name: string;
  /** Default null. */
  readonly description?: string | null;
  /** Default none. */
  readonly metadata?: Metadata;
  /** At most 100. Default none. */
  readonly tags?: Tags;
}
