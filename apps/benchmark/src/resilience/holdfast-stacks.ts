import { TracingPolicy } from '@holdfast/metrics/opentelemetry';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import {
  BulkheadPolicy,
  CircuitBreakerPolicy,
  FallbackPolicy,
  MetricPolicy,
  NoPolicy,
  type Policy,
  repositoryResilience,
  Resilience,
  RetryPolicy,
  TimeoutPolicy,
} from '@holdfast/resilience';
import { Registry } from 'prom-client';
import { noop } from './noop.js';

type Call = () => Promise<void>;

const layer = 'session_repository';

/** Our contenders: what a repository has by default, what cockatiel is compared with, and each policy alone. */
export const holdfastStacks: Readonly<Record<string, () => Call>> = {
  'default-stack+prometheus': () => observed(repositoryResilience(layer)),
  'retry+breaker+timeout': () =>
    called(stackOf(new RetryPolicy(), new CircuitBreakerPolicy(), new TimeoutPolicy({ timeoutMs: 5_000 }))),
  metrics: () => alone(new MetricPolicy({ domain: 'repository', layer })),
  'metrics+prometheus': () => observed(stackOf(new MetricPolicy({ domain: 'repository', layer }))),
  retry: () => alone(new RetryPolicy()),
  'retry with budget and deadline': () => alone(new RetryPolicy({ budget: {}, deadlineMs: 10_000 })),
  'circuit-breaker': () => alone(new CircuitBreakerPolicy()),
  bulkhead: () => alone(new BulkheadPolicy({ maxConcurrent: 16 })),
  timeout: () => alone(new TimeoutPolicy({ timeoutMs: 5_000 })),
  fallback: () => alone(new FallbackPolicy({ fallback: () => null })),
  tracing: () => alone(new TracingPolicy()), // The API without an SDK, which traces nothing.
  none: () => alone(new NoPolicy()),
};

function alone(policy: Policy): Call {
  return called(stackOf(policy));
}

function stackOf(...policies: readonly Policy[]): Resilience {
  return new Resilience({ policies });
}

function observed(resilience: Resilience): Call {
  new PrometheusObserver({ register: new Registry() });
  return called(resilience);
}

function called(resilience: Resilience): Call {
  return resilience.wrap('getSessionById', noop);
}
