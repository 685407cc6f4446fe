import { ambientCall, type CallOptions } from '@holdfast/operation';
import type { RunLimits } from './wire/run-limits.js';

/** The options of a call, with the deadline and the signal of whatever it is a part of where those come first. */
export function withinCall<Options extends CallOptions>(options: Options): Options {
  const call = ambientCall();
  if (call === null || (call.deadline === null && call.signal === null)) return options;
  const signal = either(options.signal, call.signal);
  const leftMs = call.deadline?.remainingMs ?? Infinity;
  const deadlineMs = options.deadlineMs === undefined ? leftMs : Math.min(leftMs, options.deadlineMs);
  return { ...options, ...(signal && { signal }), ...(deadlineMs < Infinity && { deadlineMs }) };
}

/** The same for a statement of a dbSession, which has limits of its own. */
export function limitsWithinCall(limits: RunLimits): RunLimits {
  const call = ambientCall();
  if (call === null || (call.deadline === null && call.signal === null)) return limits;
  const { deadline = null } = limits;
  return { signal: either(limits.signal, call.signal), deadline: call.deadline?.within(deadline) ?? deadline };
}

function either(own: AbortSignal | undefined, ambient: AbortSignal | null): AbortSignal | undefined {
  if (own === undefined || ambient === null || own === ambient) return own ?? ambient ?? undefined;
  return AbortSignal.any([own, ambient]);
}
