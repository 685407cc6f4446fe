import { figureMetric } from '../figure-metric.js';
import type { FiguresCell } from '../figures-cell.js';
import type { MetricDefinition } from '../metric-definition.js';

/** What a retry's budget holds, over the last ten seconds. */
export type RetryBudgetFigures = Readonly<Record<'calls' | 'retries' | 'remaining', number>>;

const label = 'resilience';

export const budgetMetrics: readonly MetricDefinition<FiguresCell<'resilience', RetryBudgetFigures>>[] = [
  figureMetric(
    'retry_budget_remaining',
    label,
    'Retries that the budget of a stack still allows.',
    (one) => one.remaining,
  ),
  figureMetric('retry_budget_calls', label, 'Calls that the budget of a stack goes by.', (one) => one.calls),
  figureMetric(
    'retry_budget_retries',
    label,
    'Retries that the budget of a stack has been used for.',
    (one) => one.retries,
  ),
];
