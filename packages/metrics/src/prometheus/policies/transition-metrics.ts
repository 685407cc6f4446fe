import type { MetricDefinition } from '../metric-definition.js';
import type { TransitionCell } from './transition-cell.js';

export const transitionMetrics: readonly MetricDefinition<TransitionCell>[] = [
  {
    seeds: 'breaker_transition_count',
    conventional: 'breaker_transitions_total',
    type: 'counter',
    labels: ['breaker', 'from', 'to'],
    help: 'Changes of state of a circuit breaker.',
    values: ({ count, labels }) => [{ value: count, labels }],
    reset: (cell) => {
      cell.count = 0;
    },
  },
];
