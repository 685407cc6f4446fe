export { TracingPolicy } from './tracing-policy.js';
export { OpenTelemetryObserver } from './open-telemetry-observer.js';

export type { TracingArgs } from './tracing-policy.js';
export type { OpenTelemetryObserverArgs } from './open-telemetry-observer.js';
