import { TracingPolicy } from '@holdfast/metrics/opentelemetry';
import { Resilience } from '@holdfast/resilience';
import { trace } from '@opentelemetry/api';

const layer = { domain: 'repository', layer: 'tenant_leak' } as const;

/** Makes a call in a span, which is told what happens inside of it; the `WaysOut` of the moment hears the span. */
export function traced<Result>(operation: string, call: () => Promise<Result>): Promise<Result> {
  // A policy stays with the tracer that it has once found.
  const tracing = new TracingPolicy({ layer, tracer: trace.getTracer('tenant-leak') });
  return new Resilience({ policies: [tracing] }).execute(operation, async () => call());
}
