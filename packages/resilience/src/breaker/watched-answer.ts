import type { Answer } from '../direct/answer.js';
import type { Call } from '../call.js';
import type { Circuit, Permit } from './circuit.js';
import type { Judge } from './judge.js';

/** Tells a circuit how a call has ended that it has let through. */
export class WatchedAnswer implements Answer {
  readonly #call: Call;
  readonly #permit: Permit;
  readonly #circuit: Circuit;
  readonly #judge: Judge;
  readonly #answer: Answer;

  constructor(call: Call, permit: Permit, circuit: Circuit, judge: Judge, answer: Answer) {
    this.#call = call;
    this.#permit = permit;
    this.#circuit = circuit;
    this.#judge = judge;
    this.#answer = answer;
  }

  give(value: unknown): void {
    this.#circuit.leave(this.#permit, 'success', this.#call);
    this.#answer.give(value);
  }

  fail(error: unknown): void {
    let told = error;
    try {
      this.#circuit.leave(this.#permit, this.#judge.verdictOn(error, this.#call), this.#call, error);
    } catch (newer) {
      told = newer; // A clock that throws, for instance: the caller must be answered.
    }
    this.#answer.fail(told);
  }
}
