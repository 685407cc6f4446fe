import { createHash } from 'node:crypto';
import type { ExecutionMetricCreationSpec } from './execution-metric-creation-spec.js';

/** What a metric is known by among those of its user: a digest of execution, name and tags, in whatever order they come. */
export function metricIdentity({ executionId, name, tags }: ExecutionMetricCreationSpec): string {
  const sorted = Object.entries(tags ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const known = JSON.stringify([executionId?.toLowerCase() ?? null, name, sorted]);
  return createHash('sha256').update(known).digest('base64url');
}
