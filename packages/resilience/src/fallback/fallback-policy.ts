import { withinAmbientCall } from '@holdfast/operation';
import type { Call } from '../call.js';
import { checkArgument } from '../check-argument.js';
import type { Answer, Way } from '../direct/answer.js';
import { UnlessFailed } from '../direct/unless-failed.js';
import { DirectPolicy } from '../direct/direct-policy.js';
import { instead } from './instead.js';
import { isReplaceable } from './is-replaceable.js';

export interface FallbackArgs {
  /**
   * What is answered instead. One stack serves calls of many types, and what this returns is not compared with them: look at
   * `call.operation` where they differ. `withFallback` is typed, and is given the arguments. Throw the error to leave it.
   */
  readonly fallback: (error: unknown, call: Call) => unknown;
  /** Which errors are answered so. Default `isReplaceable`. */
  readonly handles?: (error: unknown) => boolean;
}

/**
 * Answers a failed call in another way. A fallback that fails is what the caller sees, with the error before as its `cause`
 * where it has none of its own. A call whose signal has aborted is left as it is, whatever it ended with. Inside an open
 * dbSession it steps aside: the transaction has failed, and whoever began it has to know.
 *
 * It belongs outside of the policies that try to do without it: `[metrics, fallback, retry, circuitBreaker]`.
 */
export class FallbackPolicy extends DirectPolicy {
  readonly name = 'fallback';
  readonly #fallback: (error: unknown, call: Call) => unknown;
  readonly #handles: (error: unknown) => boolean;

  /** Throws Misuse for what is no function. */
  constructor({ fallback, handles = isReplaceable }: FallbackArgs) {
    super();
    checkArgument('FallbackPolicy', typeof fallback === 'function', 'fallback', 'a function', fallback);
    checkArgument('FallbackPolicy', typeof handles === 'function', 'handles', 'a function of the error', handles);
    this.#fallback = fallback;
    this.#handles = handles;
  }

  start(call: Call, next: Way, answer: Answer): void {
    if (call.isInSession) return next(call, answer);
    next(call, new UnlessFailed(answer, (error) => this.#instead(call, error)));
  }

  async #instead(call: Call, error: unknown): Promise<unknown> {
    if (call.isAborted || !this.#handles(error)) throw error;
    // What it asks in turn has the deadline and the signal of the call.
    const value = await withinAmbientCall(call, () => instead(error, () => this.#fallback(error, call)));
    if (call.isHeard) call.tell({ kind: 'fell-back', error });
    return value;
  }
}
