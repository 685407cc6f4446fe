import { type AmbientCall, ambientCall, type CallOptions, checkCallOptions } from '@holdfast/operation';
import type { AdvisoryLockOptions } from './locks/advisory-lock-options.js';
import type { LockLimits } from './locks/lock-limits.js';
import type { RunLimits } from './wire/run-limits.js';

/**
 * The options of a call, with the deadline and the signal of whatever it is a part of where those come first. Throws Misuse
 * for limits that make no sense.
 */
export function withinCall<Options extends CallOptions>(options: Options): Options {
  checkCallOptions(options);
  const call = ambientCall();
  const ambient = signalOf(call);
  if (call === null || (call.deadline === null && ambient === null)) return options;
  const signal = either(options.signal, ambient);
  const leftMs = call.deadline?.remainingMs ?? Infinity;
  const deadlineMs = options.deadlineMs === undefined ? leftMs : Math.min(leftMs, options.deadlineMs);
  return { ...options, ...(signal && { signal }), ...(deadlineMs < Infinity && { deadlineMs }) };
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
