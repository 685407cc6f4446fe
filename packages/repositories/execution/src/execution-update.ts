import type { OptionalState, TriState } from '@holdfast/base';
import type { Metadata } from './execution-metadata.js';
import type { Tags } from './execution-tags.js';

/** What of an execution is changed: what is absent is left, null sets NULL. The status has its own way, `updateStatus`. */
export interface ExecutionUpdate {
  /** Not empty. */
  readonly name?: string | OptionalState<string>;
  readonly description?: string | null | TriState<string>;
  /** All of them. */
  readonly metadata?: Metadata | OptionalState<Metadata>;
  /** All of them, at most 100. */
  readonly tags?: Tags | OptionalState<Tags>;
}
