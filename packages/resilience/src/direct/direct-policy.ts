import type { Call } from '../call.js';
import type { Policy } from '../policy.js';
import type { Answer, Way } from './answer.js';

/**
 * A policy that is handed the outcome of a call instead of waiting for it, so that a stack of them makes one promise in
 * all. On Node 20 a promise is most of what a policy costs; `npm run bench -- resilience` says what each comes to.
 */
export abstract class DirectPolicy implements Policy {
  abstract readonly name: string;
  /** Whether it may answer a call before the work has settled. */
  readonly endsEarly: boolean = false;

  /** Answers the call, itself or by what `next` tells the answer that it is given. */
  abstract start(call: Call, next: Way, answer: Answer): void;

  /** For whoever calls it outside of a stack. */
  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    return new Promise<unknown>((give, fail) => {
      const way: Way = (inner, answer) =>
        void next(inner).then(
          (value) => answer.give(value),
          (error: unknown) => answer.fail(error),
        );
      this.start(call, way, { give, fail });
    }) as Promise<Result>;
  }
}
