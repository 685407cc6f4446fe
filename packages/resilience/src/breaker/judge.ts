import type { Call } from '../call.js';
import { isOverload } from '../is-overload.js';
import { TimedOut } from '../timeout/timed-out.js';
import type { Verdict } from './circuit.js';
import type { CircuitBreakerSettings } from './circuit-breaker-settings.js';

/** Says by the rules of a circuit breaker what a failed call says of the other side. */
export class Judge {
  readonly #settings: CircuitBreakerSettings;
  #hasWarned = false;

  constructor(settings: CircuitBreakerSettings) {
    this.#settings = settings;
  }

  /** Rules that throw say nothing, and are reported once, as a process warning: the call has an error of its own. */
  verdictOn(error: unknown, call: Call): Verdict {
    try {
      return this.#verdictOn(error, call);
    } catch (fault) {
      this.#warn(fault);
      return 'neither';
    }
  }

  #verdictOn(error: unknown, call: Call): Verdict {
    const { countsAsFailure, countsAsAnswer } = this.#settings;
    if (call.isAborted) {
      const reason: unknown = call.signal?.reason;
      return reason instanceof TimedOut && !isOverload(error) && countsAsFailure(reason) ? 'failure' : 'neither';
    }
    if (countsAsFailure(error)) return 'failure';
    return countsAsAnswer(error) ? 'success' : 'neither';
  }

  #warn(fault: unknown): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const text = `A rule of ${this.#settings.label} failed, and the call is not counted: ${textOf(fault)}`;
    process.emitWarning(text, { code: 'HOLDFAST_BREAKER_RULE_FAILED' });
  }
}

function textOf(fault: unknown): string {
  try {
    return String(fault);
  } catch {
    return 'with something that has no text';
  }
}
