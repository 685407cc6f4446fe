import type { FaultKind } from './fault-kind.js';
import type { FaultTrigger } from './fault-trigger.js';

/** A fault that is to land; see `FaultProxy.next`. */
export interface FaultPlan {
  readonly fault: FaultKind;
  readonly at: FaultTrigger;
  /** For `delay`: how late the message arrives, in milliseconds. Default 0. */
  readonly delayMs?: number;
  /** For `delay`: how late the answer arrives, in milliseconds. Default 0. */
  readonly answerDelayMs?: number;
}

/** Faults that land now and then; see `FaultProxy.storm`. */
export interface FaultStorm {
  /** Which part of the matching messages is hit: from 0 to 1. */
  readonly share: number;
  /** One of these, each as likely as the others. */
  readonly faults: readonly FaultKind[];
  /** At messages which match one of these. */
  readonly at: readonly FaultTrigger[];
  /** For `delay`: how late the message arrives, in milliseconds. Default 0. */
  readonly delayMs?: number;
  /** For `delay`: how late the answer arrives, in milliseconds. Default 0. */
  readonly answerDelayMs?: number;
}

/** A fault that has landed. */
export interface LandedFault {
  readonly kind: FaultKind;
  readonly at: FaultTrigger;
  /** The statement: of a batch the one that wrote first, or else the last one. Null at `connect` and at a lone Sync. */
  readonly sql: string | null;
}
