import type { OptionalState, TriState } from '@holdfast/base';
import type { Metadata } from './execution-metadata.js';

/** What of a metric is changed: what is absent is left, null sets NULL. What it is known by stays, and so does its type. */
export interface ExecutionMetricUpdate {
  readonly unit?: string | null | TriState<string>;
  /** All of them. */
  readonly metadata?: Metadata | OptionalState<Metadata>;
}
