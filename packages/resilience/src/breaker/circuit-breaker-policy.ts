import { type BreakerState } from '@holdfast/operation';
import type { Call } from '../call.js';
import type { Hold } from '../hold.js';
import type { Answer, Way } from '../direct/answer.js';
import { DirectPolicy } from '../direct/direct-policy.js';
import { stackless } from '../stackless.js';
import type { BreakerSnapshot } from './breaker-snapshot.js';
import { Circuit } from './circuit.js';
import { WatchedAnswer } from './watched-answer.js';
import type { CircuitBreakerArgs } from './circuit-breaker-args.js';
import { circuitBreakerSettings } from './circuit-breaker-settings.js';
import { CircuitOpen } from './circuit-open.js';
import { Judge } from './judge.js';

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
 * A call inside of a trial is a part of it. Where it is around itself, in two layers for instance, each of them counts.
 * Inside an open dbSession it steps aside: the transaction has its connection already.
 */
export class CircuitBreakerPolicy extends DirectPolicy {
  readonly name = 'circuit-breaker';
  /** What figures, events and rejections name it by. */
  readonly label: string;
  readonly #circuit: Circuit;
  /** What a trial holds, so that calls inside of it are parts of the trial, and not rejected by it. */
  readonly #trial: Hold = { by: this, isOver: false, extendTo: () => {} };
  readonly #judge: Judge;

  /** Throws Misuse for values that make no sense. */
  constructor(args: CircuitBreakerArgs = {}) {
    super();
    const settings = circuitBreakerSettings(args);
    this.label = settings.label;
    this.#circuit = new Circuit(settings);
    this.#judge = new Judge(settings);
  }

  /** What it would do with a call now. */
  get state(): BreakerState {
    return this.#circuit.state;
  }

  start(call: Call, next: Way, answer: Answer): void {
    if (call.isInSession) return next(call, answer);
    const permit = this.#circuit.enter(call);
    if (permit === null) return call.isHeldBy(this) ? next(call, answer) : answer.fail(this.#rejection(call));
    const admitted = permit.isTrial ? call.with({ hold: this.#trial }) : call;
    next(admitted, new WatchedAnswer(call, permit, this.#circuit, this.#judge, answer));
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

  #rejection(call: Call): CircuitOpen {
    const { state, retryAfterMs, lastFailure: cause } = this.#circuit;
    const breaker = this.label;
    const error = stackless(() => new CircuitOpen({ breaker, state, retryAfterMs, cause }));
    if (call.isHeard) call.tell({ kind: 'rejected', policy: this.name, error });
    return error;
  }
}
