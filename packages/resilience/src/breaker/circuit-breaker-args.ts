import type { Clock } from '@holdfast/operation';

/** Opens when so many calls in a row have failed. */
export interface FailuresInARow {
  /** An integer from 1. */
  readonly consecutiveFailures: number;
  /** Failures that are older are forgotten; null keeps them for ever. Default null. */
  readonly windowMs?: number | null;
}

/** Opens when a failure makes the share of failures among the last calls too large. */
export interface FailureShare {
  /** Above 0, at most 1; reached is enough. */
  readonly failureShare: number;
  /** How many calls are looked back on. An integer from 1. Default 100. */
  readonly ofCalls?: number;
  /** Fewer calls than these say nothing. An integer from 1 to `ofCalls`. Default 20, or `ofCalls` if that is less. */
  readonly minimumCalls?: number;
  /** Calls that ended longer ago are forgotten; null keeps them for ever. Default 60 000. */
  readonly windowMs?: number | null;
}

export interface CircuitBreakerArgs {
  /** What figures, events and rejections name it by. Default `circuit-breaker`. */
  readonly label?: string;
  /** Default `{ consecutiveFailures: 5 }`. */
  readonly opensAfter?: FailuresInARow | FailureShare;
  /** How long it stays open before a call is tried. Default 10 000. */
  readonly openMs?: number;
  /** The most calls that are tried at the same time while it is half-open. An integer from 1. Default 1. */
  readonly halfOpenTrials?: number;
  /** How many trials must succeed before it closes; one that fails opens it again. An integer from 1. Default 1. */
  readonly successesToClose?: number;
  /** After so long a trial that has not ended makes room for another one; its result still counts. Default 30 000. */
  readonly trialLimitMs?: number;
  /**
   * Whether an error says that what is called is in trouble. Default `isOutage`. Where this or the next one throws, the
   * call is not counted, and the fault is told once, as the process warning `HOLDFAST_BREAKER_RULE_FAILED`.
   */
  readonly countsAsFailure?: (error: unknown) => boolean;
  /** Whether an error, no failure, shows that what is called does answer, like a success. Default `isAnswer`. */
  readonly countsAsAnswer?: (error: unknown) => boolean;
  /** Default `systemClock`. */
  readonly clock?: Clock;
}
