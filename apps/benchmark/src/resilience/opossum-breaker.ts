import CircuitBreaker from 'opossum';
import { noop } from './noop.js';

/** A circuit breaker of opossum, which has a timeout of its own; it knows no retries. */
export function opossumBreaker(): () => Promise<void> {
  const breaker = new CircuitBreaker(noop, { timeout: 5_000 });
  return () => breaker.fire();
}
