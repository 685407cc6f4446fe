import type { Call } from './call.js';
import type { Answer, Way } from './direct/answer.js';
import { DirectPolicy } from './direct/direct-policy.js';

/** Does nothing; stands where a policy is switched off by configuration. */
export class NoPolicy extends DirectPolicy {
  readonly name = 'none';

  start(call: Call, next: Way, answer: Answer): void {
    next(call, answer);
  }
}
