import {
  type AmbientCall,
  ambientCall,
  type CallOptions,
  checkCallOptions,
  type Clock,
  Deadline,
} from '@holdfast/operation';
import { merged } from '@holdfast/querier';
import type { AdvisoryLockOptions } from './locks/advisory-lock-options.js';
import type { LockLimits } from './locks/lock-limits.js';
import type { RunLimits } from './wire/run-limits.js';

/** The options of a call once it has begun: the time that it has is a moment now. */
export type Begun<Options extends CallOptions> = Omit<Options, 'signal' | 'deadlineMs'> & RunLimits;

/**
 * The options of a call that begins, with the deadline and the signal of whatever it is a part of where those come first.
 * Throws Misuse for limits that make no sense.
 */
export function withinCall<Options extends CallOptions>(options: Options, clock: Clock): Begun<Options> {
  checkCallOptions(options);
  const call = ambientCall();
  const own = options.deadlineMs === undefined ? null : Deadline.after(options.deadlineMs, clock);
  const around = call?.deadline ?? null;
  const deadline = own === null ? around : own.within(around);
  const signal = either(options.signal, signalOf(call));
  return merged(options, { signal, deadline });
}

/** The same for a statement of a dbSession, which has limits of its own. */
export function limitsWithinCall(limits: RunLimits): RunLimits {
  const call = ambientCall();
  const ambient = signalOf(call);
  if (call === null || (call.deadline === null && ambient === null)) return limits;
  const { deadline = null } = limits;
  return { signal: either(limits.signal, ambient), deadline: call.deadline?.within(deadline) ?? deadline };
}

/** The same for a lock. What runs under it is given the whole signal: it may heed nothing else. */
export function lockWithinCall(options: AdvisoryLockOptions): LockLimits {
  const call = ambientCall();
  if (call === null) return options;
  const signal = either(options.signal, call.signal);
  return { ...options, ...(signal && { signal }), deadline: call.deadline };
}

/** Deadlines are heeded here, so a signal that only repeats one need not be made. */
function signalOf(call: AmbientCall | null): AbortSignal | null {
  return call?.signalBesideDeadline === undefined ? (call?.signal ?? null) : call.signalBesideDeadline;
}

function either(own: AbortSignal | undefined, ambient: AbortSignal | null): AbortSignal | undefined {
  if (own === undefined || ambient === null || own === ambient) return own ?? ambient ?? undefined;
  return AbortSignal.any([own, ambient]);
}
