export { Deadline } from './deadline.js';
export { observeOperations } from './operation-channel.js';
export { systemClock } from './clock.js';

export type { CallOptions } from './call-options.js';
export type { Clock } from './clock.js';
export type { DomainType, LayerType, OperationLayer } from './operation-layer.js';
export type {
  CommitResolved,
  EventSource,
  OperationEnded,
  OperationEvent,
  OperationRetried,
  OperationSlow,
  OperationStarted,
} from './operation-event.js';

// For packages that run operations.
export { ambientSession, isWithinSessionOf, withinAmbientSession } from './ambient-session.js';
export { isGivenUp, markGivenUp } from './given-up.js';
export { operationsAreObserved, publishOperation } from './operation-channel.js';
