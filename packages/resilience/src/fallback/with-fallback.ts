import { ambientCall, ambientSession, operationsAreObserved, publishOperation } from '@holdfast/operation';
import { checkArgument } from '../check-argument.js';
import { inTheShapeOf } from '../method-decorator.js';
import type { AsyncFunction } from '../whole-call.js';
import { instead } from './instead.js';
import { isReplaceable } from './is-replaceable.js';

export interface WithFallbackArgs {
  /** Which errors are answered so. Default `isReplaceable`. */
  readonly handles?: (error: unknown) => boolean;
}

/**
 * Returns `fn` with a failed call of it answered by `fallback`, which is given the error and the arguments and has to return
 * what `fn` does: the typed form of a FallbackPolicy, for one function. Its event is one
 * of the ambient call; where there is none (in a stack that only measures, too) it has no layer, and the function's name.
 * `this`, name and length are kept. Throws Misuse for what is no function.
 */
export function withFallback<Fn extends AsyncFunction>(
  fn: Fn,
  fallback: (error: unknown, ...args: Parameters<Fn>) => Awaited<ReturnType<Fn>> | ReturnType<Fn>,
  { handles = isReplaceable }: WithFallbackArgs = {},
): Fn {
  checkArgument('withFallback()', typeof fn === 'function', 'fn', 'a function', fn);
  checkArgument('withFallback()', typeof fallback === 'function', 'fallback', 'a function', fallback);
  checkArgument('withFallback()', typeof handles === 'function', 'handles', 'a function of the error', handles);
  return inTheShapeOf(fn, async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    const isPart = ambientSession() !== null;
    try {
      return await Reflect.apply(fn, this, args);
    } catch (error) {
      if (isPart || !handles(error)) throw error;
      const value = await instead(error, () => Reflect.apply(fallback, this, [error, ...args]));
      tell(fn.name, error);
      return value;
    }
  });
}

function tell(operation: string, error: unknown): void {
  const event = { kind: 'fell-back', error } as const;
  const call = ambientCall();
  if (call !== null) {
    if (call.isHeard) call.tell(event);
  } else if (operationsAreObserved()) publishOperation({ ...event, at: null, operation, source: null });
}
