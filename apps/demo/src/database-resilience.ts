import { LockNotAvailable } from '@holdfast/base';
import type { LayerType } from '@holdfast/operation';
import {
  BulkheadPolicy,
  CircuitBreakerPolicy,
  CircuitOpen,
  MetricPolicy,
  Resilience,
  RetryPolicy,
  TimeoutPolicy,
} from '@holdfast/resilience';
import { POOL_SIZE } from './pool-size.js';

/**
 * What stands between a service and one database: `metrics(retry(circuit-breaker(bulkhead(timeout(call)))))`. All repositories
 * share the budget of retries, the breaker and the bulkhead, since it is one database that they protect; each reports under
 * a layer of its own.
 */
export class DatabaseResilience {
  readonly #breaker: CircuitBreakerPolicy;
  readonly #shared: Resilience;
  readonly #stacks: Resilience[];

  constructor(name: string) {
    this.#breaker = new CircuitBreakerPolicy({
      label: name,
      // Connections that are lost now and then are what retries are for; half of all calls are not "now and then".
      opensAfter: { failureShare: 0.5, ofCalls: 40, minimumCalls: 20, windowMs: 10_000 },
      openMs: 1_000,
    });
    const retry = new RetryPolicy({
      maxRetries: 10,
      retryDelayMs: 100,
      // So that what is under way when the demo is told to end has ended by the time that it does.
      deadlineMs: 8_000,
      budget: { ratio: 0.2, minRetriesPerSecond: 2 },
      // While the circuit is open, callers are told at once when to come again. A lock has been waited for.
      nonRetryableExceptions: [CircuitOpen, LockNotAvailable],
    });
    // As many calls as there are connections: the others wait where there is a limit to it.
    const bulkhead = new BulkheadPolicy({ label: name, maxConcurrent: POOL_SIZE, maxQueued: 200, maxWaitMs: 3_000 });
    // Longer than a lock is waited for, so that the database can say what it was.
    const timeout = new TimeoutPolicy({ timeoutMs: 5_000 });
    this.#shared = new Resilience({ name, policies: [retry, this.#breaker, bulkhead, timeout] });
    this.#stacks = [this.#shared];
  }

  /** What is shared, under the name of the database, and the stacks of repositories so far; for figures of them. */
  get stacks(): readonly Resilience[] {
    return this.#stacks;
  }

  /** The stack of one repository. */
  ofRepository(layer: LayerType): Resilience {
    const metrics = new MetricPolicy({ domain: 'repository', layer });
    const resilience = new Resilience({ name: layer, policies: [metrics, ...this.#shared.policies] });
    this.#stacks.push(resilience);
    return resilience;
  }

  /**
   * For questions whether the database is there. They are calls like others to the breaker, the trial included that closes
   * it: it opens and closes without requests, too, and whoever waits until the demo is ready finds it closed.
   */
  ofReadiness(): Resilience {
    return new Resilience({ name: 'readiness', policies: [this.#breaker] });
  }
}
