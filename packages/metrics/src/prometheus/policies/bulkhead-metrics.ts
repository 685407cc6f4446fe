import { figureMetric } from '../figure-metric.js';
import type { FiguresCell } from '../figures-cell.js';
import type { MetricDefinition } from '../metric-definition.js';

export type BulkheadFigures = Readonly<Record<'running' | 'queued' | 'limit', number>>;

const label = 'bulkhead';

export const bulkheadMetrics: readonly MetricDefinition<FiguresCell<'bulkhead', BulkheadFigures>>[] = [
  figureMetric(
    'bulkhead_running',
    label,
    'Calls that a bulkhead has let in and that are running.',
    (one) => one.running,
  ),
  figureMetric('bulkhead_queued', label, 'Calls that wait for room in a bulkhead.', (one) => one.queued),
  figureMetric('bulkhead_limit', label, 'Calls that a bulkhead lets run at the same time.', (one) => one.limit),
];
