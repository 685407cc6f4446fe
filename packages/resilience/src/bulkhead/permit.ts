import type { Answer } from '../direct/answer.js';
import type { Hold } from '../hold.js';

/** A place in a bulkhead that is held until the call has been answered and all that it has left running has settled. */
export class Permit implements Hold, Answer {
  readonly by: object;
  isOver = false;
  readonly #giveBack: () => void;
  readonly #answer: Answer;
  #running = 1;
  #isAnswered = false;

  constructor(by: object, giveBack: () => void, answer: Answer) {
    this.by = by;
    this.#giveBack = giveBack;
    this.#answer = answer;
  }

  extendTo(work: Promise<unknown>): void {
    if (this.isOver) return;
    this.#running += 1;
    work.then(this.#end, this.#end);
  }

  give(value: unknown): void {
    this.#answered();
    this.#answer.give(value);
  }

  fail(error: unknown): void {
    this.#answered();
    this.#answer.fail(error);
  }

  #answered(): void {
    if (this.#isAnswered) return;
    this.#isAnswered = true;
    this.#end();
  }

  readonly #end = (): void => {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.isOver = true;
    this.#giveBack();
  };
}
