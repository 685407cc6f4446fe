import { type Branded, uuidText } from '@holdfast/domain-types';

/** The id of a metric: a UUID in canonical lower case. */
export type ExecutionMetricId = Branded<string, 'ExecutionMetricId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function executionMetricId(text: string, pointer = 'metricId'): ExecutionMetricId {
  return uuidText(text, 'metric id', pointer) as ExecutionMetricId;
}
