import { InvalidInput } from '@holdfast/errors';
import type { QueryCondition } from '@holdfast/querier';
import { epochMicroseconds } from './epoch-microseconds.js';
import type { ExecutionMetricRow } from './execution-metric-row.js';

/** Points of which metrics, and of when, are summed up, and how. */
export interface MetricRange {
  /** Which metrics of the scope. Default: all of them. */
  readonly metrics?: QueryCondition<ExecutionMetricRow>;
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /**
   * The length of a time bucket; buckets begin at multiples of it since 1970. The first and the last hold only what of
   * them is in the range. At most 11,000 buckets. Default: the range is one, which begins with it.
   */
  readonly bucketMs?: number;
  /** More metrics are an error (`LIMIT_EXCEEDED`). 1 to 10,000, default 1,000. */
  readonly maxMetrics?: number;
}

/** The same, checked: times are microseconds since 1970, in digits. */
export interface CheckedRange {
  readonly metrics: QueryCondition<ExecutionMetricRow>;
  readonly from: string;
  readonly to: string;
  readonly bucketUs: string;
  /** Where a bucket begins. */
  readonly originUs: string;
  readonly maxMetrics: number;
}

const MOST_BUCKETS = 11_000;
const MOST_METRICS = 10_000;

/** Checks a range. Throws `InvalidInput`. */
export function checkedRange({ metrics = {}, from, to, bucketMs, maxMetrics = 1_000 }: MetricRange): CheckedRange {
  const [begin, end] = [epochMicroseconds(from, '/from'), epochMicroseconds(to, '/to')];
  const length = BigInt(end) - BigInt(begin);
  if (length <= 0n) throw new InvalidInput('INVALID_VALUE', 'A range ends after it begins.', '/to');
  if (!Number.isInteger(maxMetrics) || maxMetrics < 1 || maxMetrics > MOST_METRICS) {
    throw new InvalidInput('INVALID_VALUE', `maxMetrics is 1 to ${MOST_METRICS}.`, '/maxMetrics');
  }
  const range = { metrics, from: begin, to: end, maxMetrics };
  if (bucketMs === undefined) return { ...range, bucketUs: String(length), originUs: begin };
  if (!Number.isSafeInteger(bucketMs * 1_000) || bucketMs <= 0 || !Number.isInteger(bucketMs)) {
    throw new InvalidInput('INVALID_VALUE', 'A bucket is whole milliseconds, at least 1.', '/bucketMs');
  }
  const bucketUs = BigInt(bucketMs) * 1_000n;
  if (length / bucketUs >= BigInt(MOST_BUCKETS)) {
    throw new InvalidInput('LIMIT_EXCEEDED', `There are more than ${MOST_BUCKETS} buckets.`, '/bucketMs');
  }
  return { ...range, bucketUs: String(bucketUs), originUs: '0' };
}
