import type { ExecutionMetricCreationSpec } from './execution-metric-creation-spec.js';

/** A value of a counter or a gauge. NaN and infinities are kept. */
export interface MetricPoint {
  /** To the microsecond, where it is a `Timestamp`. */
  readonly at: Date;
  /** Say of a training: a whole number. Default 0. */
  readonly step?: number;
  /** Of a counter at least 0. */
  readonly value: number;
}

/** A point of a histogram: observations since the point before. */
export interface HistogramPoint {
  readonly at: Date;
  /** Default 0. */
  readonly step?: number;
  /** How many fell into each bucket: one for each bound, and one for what is above. */
  readonly counts: readonly number[];
  /** Of the values observed. */
  readonly sum: number;
  /** The least of them. Default null: not known. */
  readonly min?: number | null;
  /** The greatest of them. Default null: not known. */
  readonly max?: number | null;
}

/** A metric, which is created where it is not there yet, and points of it. A point that is there already stays one. */
export type RecordedMetric = Omit<ExecutionMetricCreationSpec, 'id'> &
  (
    | { readonly type: 'counter' | 'gauge'; readonly points: readonly MetricPoint[] }
    | { readonly type: 'histogram'; readonly points: readonly HistogramPoint[] }
  );

/** What became of points. */
export interface RecordResult {
  /** Points that are new. */
  readonly recorded: number;
  /** Points that were there already, or were given twice. */
  readonly repeated: number;
}
