import type { Deadline } from '@holdfast/operation';
import { DeadlineExceeded } from '../errors/deadline-exceeded.js';
import { reasonOf } from './reason-of.js';

/** What a statement is given up by. */
export interface RunLimits {
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Deadline | null | undefined;
}

export function isLimited({ signal, deadline = null }: RunLimits): boolean {
  return signal !== undefined || deadline !== null;
}

/** The reason of the signal, or that the deadline has passed; null as long as neither is so. */
export function whyGivenUp({ signal, deadline = null }: RunLimits): Error | null {
  if (signal?.aborted === true) return reasonOf(signal);
  return deadline?.passed === true ? new DeadlineExceeded() : null;
}
