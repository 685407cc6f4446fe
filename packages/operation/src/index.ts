export { Deadline } from './deadline.js';
export { observeOperations } from './operation-channel.js';
export { systemClock } from './clock.js';

export type { CallOptions } from './call-options.js';
export type { Alarm, Timer } from './alarm.js';
export type { Clock } from './clock.js';
export type {
  CacheAnswered,
  CacheEvent,
  CacheFailed,
  CacheInvalidated,
  CacheInvalidationsPending,
} from './cache-event.js';
export type { EventSource } from './event-source.js';
export type { DomainType, LayerType, OperationLayer } from './operation-layer.js';
export type {
  BreakerChanged,
  BreakerState,
  CallEvent,
  CommitResolved,
  OperationEnded,
  OperationEvent,
  OperationExecuted,
  OperationFellBack,
  OperationGivenUp,
  OperationRejected,
  OperationReplayed,
  OperationRetried,
  OperationSlow,
  OperationStarted,
  OperationTimedOut,
} from './operation-event.js';

// For packages that run operations.
export { checkCallOptions } from './call-options.js';
export { ambientCall, ambientMarks, enterCall, withinAmbientCall } from './call-surroundings.js';
export { ambientSession, isWithinSessionOf, withinAmbientSession } from './ambient-session.js';
export { isGivenUp, markGivenUp } from './given-up.js';
export { onAbort } from './on-abort.js';
export { Queue } from './queue.js';
export { operationsAreObserved, publishOperation } from './operation-channel.js';

export type { AmbientCall } from './ambient-call.js';
export type { Place } from './queue.js';
export type { AmbientMarks, EnteredCall } from './call-surroundings.js';
