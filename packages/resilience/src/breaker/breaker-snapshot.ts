import { checkArgument, isAmount } from '../check-argument.js';
import type { PastCall } from './outcome-window.js';

/**
 * What a CircuitBreakerPolicy knows, as plain data for JSON: times are given as what has passed or is left, so that it can
 * be restored in another process. The time in between does not count.
 */
export interface BreakerSnapshot {
  /** An isolated one is `closed`, as it is after its release: who isolates keeps a handle, and that does not survive. */
  readonly state: 'closed' | 'open' | 'half-open';
  /** Milliseconds until a call is tried; 0 unless open. */
  readonly openForMs: number;
  /** Trials that have succeeded; 0 unless half-open. */
  readonly successes: number;
  /** The last calls, oldest first; none unless closed. */
  readonly pastCalls: readonly PastCall[];
}

/** The same, if it is one: it may come from anywhere. */
export function checkedSnapshot(value: BreakerSnapshot): BreakerSnapshot {
  const { state, openForMs, successes, pastCalls } = (value ?? {}) as Partial<BreakerSnapshot>;
  const right =
    (state === 'closed' || state === 'open' || state === 'half-open') &&
    isAmount(openForMs) &&
    isAmount(successes) &&
    Array.isArray(pastCalls) &&
    pastCalls.every((past: PastCall | null) => typeof past?.failed === 'boolean' && isAmount(past.ageMs));
  checkArgument('CircuitBreakerPolicy', right, 'the snapshot', 'what snapshot() returned', JSON.stringify(value));
  return value;
}
