import type { Answer } from './answer.js';

/** Hands on what a call has answered, and what `instead` makes of a failure. */
export class UnlessFailed implements Answer {
  readonly #answer: Answer;
  readonly #instead: (error: unknown) => Promise<unknown>;

  constructor(answer: Answer, instead: (error: unknown) => Promise<unknown>) {
    this.#answer = answer;
    this.#instead = instead;
  }

  give(value: unknown): void {
    this.#answer.give(value);
  }

  fail(error: unknown): void {
    this.#instead(error).then(
      (value) => this.#answer.give(value),
      (last: unknown) => this.#answer.fail(last),
    );
  }
}
