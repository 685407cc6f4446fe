import type { Answer } from '../direct/answer.js';
import type { Call } from '../call.js';
import { TimedOut } from '../timeout/timed-out.js';
import type { Circuit, Permit, Verdict } from './circuit.js';
import type { CircuitBreakerSettings } from './circuit-breaker-settings.js';

/** Tells a circuit how a call has ended that it has let through. */
export class WatchedAnswer implements Answer {
  readonly #call: Call;
  readonly #permit: Permit;
  readonly #circuit: Circuit;
  readonly #settings: CircuitBreakerSettings;
  readonly #answer: Answer;

  constructor(call: Call, permit: Permit, circuit: Circuit, settings: CircuitBreakerSettings, answer: Answer) {
    this.#call = call;
    this.#permit = permit;
    this.#circuit = circuit;
    this.#settings = settings;
    this.#answer = answer;
  }

  give(value: unknown): void {
    this.#circuit.leave(this.#permit, 'success', this.#call);
    this.#answer.give(value);
  }

  fail(error: unknown): void {
    let told = error;
    try {
      this.#failed(error);
    } catch (newer) {
      told = newer;
    }
    this.#answer.fail(told);
  }

  #failed(error: unknown): void {
    let verdict: Verdict = 'neither';
    try {
      verdict = this.#verdictOn(error);
    } finally {
      // Even where the rules throw, or the trial would hold its place.
      this.#circuit.leave(this.#permit, verdict, this.#call, error);
    }
  }

  #verdictOn(error: unknown): Verdict {
    const { countsAsFailure, countsAsAnswer } = this.#settings;
    if (this.#call.isAborted) {
      const reason: unknown = this.#call.signal?.reason;
      return reason instanceof TimedOut && countsAsFailure(reason) ? 'failure' : 'neither';
    }
    if (countsAsFailure(error)) return 'failure';
    return countsAsAnswer(error) ? 'success' : 'neither';
  }
}
