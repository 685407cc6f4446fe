import type { Changes, UpdaterSpec } from '@holdfast/base';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import { metadataOf } from './execution-metadata.js';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import type { ExecutionMetricUpdate } from './execution-metric-update.js';

const changeable: ReadonlySet<string> = new Set<keyof ExecutionMetricUpdate>(['unit', 'metadata']);

/** The changes of a row. Throws `InvalidInput` (`UNKNOWN_FIELD`) for what is not changed this way. */
export function executionMetricUpdater(update: ExecutionMetricUpdate): UpdaterSpec<ExecutionMetricRow> {
  checkChanges(update, changeable);
  return { changes: checkedChange(update, { metadata: metadataOf }) satisfies Changes<ExecutionMetricRow> };
}
