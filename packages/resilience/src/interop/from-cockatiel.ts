import { ambientSession } from '@holdfast/operation';
import type { Call } from '../call.js';
import { LazySignal } from '../lazy-signal.js';
import type { Policy } from '../policy.js';

/** A policy of the package cockatiel, or whatever has its shape. Those that answer with something else, fallbacks, do not. */
export interface CockatielPolicy {
  execute<Result>(fn: (context: CockatielContext) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}

export interface CockatielContext {
  readonly signal?: AbortSignal | undefined;
  /** Only where there is a retry: how many attempts were made before. */
  readonly attempt?: number;
}

export interface FromCockatielArgs {
  /** One word for the formula of `Resilience.describe`. Default `cockatiel`. */
  readonly name?: string;
}

/**
 * Makes a Policy of one of cockatiel's, `wrap` included: for stacks that are moved over piece by piece. The call's signal
 * goes in, what comes out goes on, attempts are numbered, and errors stay as they are. Inside an open dbSession it steps
 * aside, since it might do the work again. Of nested retries the outermost one acts: where a RetryPolicy is around it, its
 * own retry is given the end of the first attempt again, after each of its delays.
 *
 * What it does not know (measured with cockatiel 3.2.1):
 * - Its retry repeats whatever it is told to handle, also a write that may be stored. Say
 *   `handleWhen((error) => isHoldfastError(error) && error.retryable && error.outcome === 'not-committed')`.
 * - Its retry waits its delay to the end where the call is aborted meanwhile. The work is not done again then.
 * - Its timeout aborts without a reason: the call ends with an AbortError or a TaskCancelledError, which a
 *   CircuitBreakerPolicy does not count. The aggressive one says that the time was over also where the caller has aborted.
 * - Its circuit breaker lets calls wait while it is half-open, and forgets their signal. The work gets it all the same.
 * - Its SamplingBreaker counts old calls as long as no new ones come.
 * - Its events are its own: nothing of it is told to those who observe operations.
 */
export function fromCockatiel(policy: CockatielPolicy, { name = 'cockatiel' }: FromCockatielArgs = {}): Policy {
  return {
    name,
    execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
      if (ambientSession() !== null) return next(call);
      // Never none: cockatiel would hand on one that all calls share, as if it were the policy's.
      const signal = call.signal ?? new AbortController().signal;
      let last: Promise<Result> | null = null;
      return policy.execute((context) => {
        if (last === null || !call.isRetried) {
          last = attempt(call, next, context, signal);
          // It may be turned away from, and nobody is told of that.
          call.leave(last);
        }
        return last;
      }, signal);
    },
  };
}

function attempt<Result>(
  call: Call,
  next: (call: Call) => Promise<Result>,
  context: CockatielContext,
  signal: AbortSignal,
): Promise<Result> {
  const numbered = context.attempt === undefined ? call : call.with({ attempt: context.attempt + 1, isRetried: true });
  const ending = context.signal;
  return ending === undefined || ending === signal ? next(numbered) : endedBy(ending, numbered, next);
}

/** The call ends with its own signal and with that of the policy, a timeout. */
function endedBy<Result>(ending: AbortSignal, call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
  const signal = new LazySignal(call);
  // The caller's reason, where it is the caller: cockatiel drops it.
  const end = (): void => signal.abort(call.isAborted ? call.signal?.reason : ending.reason);
  if (ending.aborted) end();
  else ending.addEventListener('abort', end, { once: true });
  const result = next(call.with({ signal }));
  const release = (): void => {
    ending.removeEventListener('abort', end);
    signal.release();
  };
  result.then(release, release);
  return result;
}
