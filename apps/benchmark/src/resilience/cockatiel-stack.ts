import { circuitBreaker, ConsecutiveBreaker, handleAll, retry, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import { noop } from './noop.js';

/** Retry, circuit breaker and timeout of cockatiel, with the figures of ours. */
export function cockatielStack(): () => Promise<void> {
  const stack = wrap(
    retry(handleAll, { maxAttempts: 3 }),
    circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
    timeout(5_000, TimeoutStrategy.Cooperative),
  );
  return () => stack.execute(noop);
}
