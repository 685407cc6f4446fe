import type { BreakerCell } from './breaker-cell.js';
import { breakerStates } from './breaker-states.js';
import type { MetricDefinition } from '../metric-definition.js';

export const breakerMetrics: readonly MetricDefinition<BreakerCell>[] = [
  {
    seeds: 'breaker_state',
    conventional: 'breaker_state',
    type: 'gauge',
    labels: ['breaker', 'state'],
    help: 'State of a circuit breaker: 1 for the one that it is in, 0 for the others.',
    values: (cell) => {
      const current = cell.states.flatMap((state) => state.read());
      if (current.length === 0) return [];
      return breakerStates.map((state) => {
        const value = current.filter((one) => one === state).length;
        return { value, labels: { ...cell.labels, state } };
      });
    },
  },
];
