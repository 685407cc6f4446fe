import type { DomainName, UserId } from '@holdfast/domain-types';
import type { ExecutionId } from './execution-id.js';
import type { Metadata } from './execution-metadata.js';
import type { ExecutionStatus } from './execution-status.js';
import type { Tags } from './execution-tags.js';

/** An execution as callers see it: plain data, frozen. */
export interface ExecutionInfo {
  readonly id: ExecutionId;
  /** The domain that it belongs to. */
  readonly domainName: DomainName;
  /** Whose it is. */
  readonly userUuid: UserId;
  /** What it is a part of, say the experiment of a run; an execution of the same user. Null of none. */
  readonly parentId: ExecutionId | null;
  /** Of one without a parent: its own among those of its user that have none and are not deleted. */
  readonly name: string;
  readonly description: string | null;
  readonly status: ExecutionStatus;
  readonly statusChangedAt: Date;
  /** When it became RUNNING, for the last time. */
  readonly startedAt: Date | null;
  /** When it ended. Null while it may still. */
  readonly endedAt: Date | null;
  readonly metadata: Metadata;
  readonly tags: Tags;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Set while it is soft-deleted. */
  readonly deletedAt: Date | null;
}
