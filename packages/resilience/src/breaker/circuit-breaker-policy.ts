import { ambientSession, type BreakerState } from '@holdfast/operation';
import type { Call } from '../call.js';
import type { Policy } from '../policy.js';
import { stackless } from '../stackless.js';
import { TimedOut } from '../timeout/timed-out.js';
import type { BreakerSnapshot } from './breaker-snapshot.js';
import { Circuit, type Permit, type Verdict } from './circuit.js';
import type { CircuitBreakerArgs } from './circuit-breaker-args.js';
import { type CircuitBreakerSettings, circuitBreakerSettings } from './circuit-breaker-settings.js';
import { CircuitOpen } from './circuit-open.js';

/**
 * Lets no calls through for a while where too many have failed, so that a database in trouble is left alone and callers
 * need not wait for it. Make one for what can fail as a whole, and share it: a database, a server. A RetryPolicy belongs
 * outside of it, a limit of time inside.
 *
 * Closed, calls go through. Open, they are rejected with `CircuitOpen`, for `openMs`. Half-open, as many as
 * `halfOpenTrials` are tried at the same time, and the others are rejected at once: the first that fails opens it again,
 * and `successesToClose` that succeed close it. There are no timers: it is half-open as soon as a call would be tried.
 *
 * What began before the circuit last changed has no say. Neither has a call that failed after its signal had aborted; nor,
 * by default, one that ended with an error which is neither `isOutage` nor `isAnswer`. A trial that ends so makes room for
 * the next one. A call whose time is over does count: a deadline that has passed, or a TimeoutPolicy around the breaker.
 *
 * Inside an open dbSession it steps aside: the transaction has its connection already.
 */
export class CircuitBreakerPolicy implements Policy {
  readonly name = 'circuit-breaker';
  /** What figures, events and rejections name it by. */
  readonly label: string;
  readonly #settings: CircuitBreakerSettings;
  readonly #circuit: Circuit;

  /** Throws Misuse for values that make no sense. */
  constructor(args: CircuitBreakerArgs = {}) {
    this.#settings = circuitBreakerSettings(args);
    this.label = this.#settings.label;
    this.#circuit = new Circuit(this.#settings);
  }

  /** What it would do with a call now. */
  get state(): BreakerState {
    return this.#circuit.state;
  }

  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    if (ambientSession() !== null) return next(call);
    const permit = this.#circuit.enter(call);
    if (permit === null) return this.#rejected(call);
    return next(call).then(
      (value) => {
        this.#circuit.leave(permit, 'success', call);
        return value;
      },
      (error: unknown) => {
        this.#failed(permit, call, error);
        throw error;
      },
    );
  }

  /**
   * Rejects all calls until the returned function is called. Where several isolate it, it goes on when the last of them
   * has released it, closed and with no memory of earlier failures.
   */
  isolate(): () => void {
    return this.#circuit.isolate();
  }

  /** What it knows, for `restore`, maybe in another process. */
  snapshot(): BreakerSnapshot {
    return this.#circuit.snapshot();
  }

  /** Goes on where another one was. Throws Misuse for what is no snapshot, and while it is isolated. */
  restore(snapshot: BreakerSnapshot): void {
    this.#circuit.restore(snapshot);
  }

  /** Closes it with no memory of earlier calls, and ends every isolation. */
  reset(): void {
    this.#circuit.reset();
  }

  #rejected(call: Call): Promise<never> {
    const { state, retryAfterMs, lastFailure: cause } = this.#circuit;
    const breaker = this.label;
    const error = stackless(() => new CircuitOpen({ breaker, state, retryAfterMs, cause }));
    if (call.isHeard) call.tell({ kind: 'rejected', policy: this.name, error });
    return Promise.reject(error);
  }

  #failed(permit: Permit, call: Call, error: unknown): void {
    let verdict: Verdict = 'neither';
    try {
      verdict = this.#verdictOn(call, error);
    } finally {
      // Even where the rules throw, or the trial would hold its place.
      this.#circuit.leave(permit, verdict, call, error);
    }
  }

  #verdictOn(call: Call, error: unknown): Verdict {
    const { countsAsFailure, countsAsAnswer } = this.#settings;
    if (call.isAborted) {
      const reason: unknown = call.signal?.reason;
      return reason instanceof TimedOut && countsAsFailure(reason) ? 'failure' : 'neither';
    }
    if (countsAsFailure(error)) return 'failure';
    return countsAsAnswer(error) ? 'success' : 'neither';
  }
}
