import type { BreakerState } from '@holdfast/operation';

export const breakerStates: readonly BreakerState[] = ['closed', 'open', 'half-open', 'isolated'];
