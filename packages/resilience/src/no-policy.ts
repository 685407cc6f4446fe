import type { Call } from './call.js';
import type { Policy } from './policy.js';

/** Does nothing; stands where a policy is switched off by configuration. */
export class NoPolicy implements Policy {
  readonly name = 'none';

  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    return next(call);
  }
}
