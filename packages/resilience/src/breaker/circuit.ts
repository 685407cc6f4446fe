import { type BreakerState, operationsAreObserved, publishOperation } from '@holdfast/operation';
import { Misuse } from '@holdfast/errors';
import type { Call } from '../call.js';
import { type BreakerSnapshot, checkedSnapshot } from './breaker-snapshot.js';
import type { CircuitBreakerSettings } from './circuit-breaker-settings.js';
import { OutcomeWindow } from './outcome-window.js';

/** What the end of a call says of the other side. */
export type Verdict = 'success' | 'failure' | 'neither';

/** Leave to be made, for one call while half-open, for all of them while closed. It is worth nothing after a change. */
export interface Permit {
  readonly epoch: number;
  readonly sinceMs: number;
  readonly isTrial: boolean;
}

/** The states of a circuit breaker, and what leads from one to the other. */
export class Circuit {
  readonly #settings: CircuitBreakerSettings;
  readonly #window: OutcomeWindow;
  #state: BreakerState = 'closed';
  /** Grows with every change, so that what began before can be told from what began after. */
  #epoch = 0;
  #permit: Permit = { epoch: 0, sinceMs: 0, isTrial: false };
  #openUntilMs = 0;
  #successes = 0;
  /** Oldest first. */
  readonly #trials = new Set<Permit>();
  readonly #isolations = new Set<object>();
  #lastFailure: unknown;

  constructor(settings: CircuitBreakerSettings) {
    this.#settings = settings;
    this.#window = new OutcomeWindow(settings.window);
  }

  /** What would be done with a call now: `half-open` as soon as one would be tried, though none was yet. */
  get state(): BreakerState {
    return this.#state === 'open' && this.#openForMs === 0 ? 'half-open' : this.#state;
  }

  /** Milliseconds until there will be a trial; 0 where there are others at the moment, null while isolated. */
  get retryAfterMs(): number | null {
    return this.#state === 'isolated' ? null : this.#openForMs;
  }

  /** The failure that opened it; undefined where it was none. */
  get lastFailure(): unknown {
    return this.#lastFailure;
  }

  /** The permit for a call, or null if it must not be made. */
  enter(call: Call): Permit | null {
    if (this.#state === 'closed') return this.#permit;
    if (this.state !== 'half-open') return null;
    if (this.#state === 'open') this.#become('half-open', call);
    return this.#trial();
  }

  /** Says how a call with that permit has ended. */
  leave(permit: Permit, verdict: Verdict, call: Call, error?: unknown): void {
    if (permit.epoch !== this.#epoch) return;
    if (this.#state === 'half-open') this.#trials.delete(permit);
    if (verdict === 'success') this.#succeeded(call);
    else if (verdict === 'failure') this.#failed(call, error);
  }

  isolate(): () => void {
    const handle = {};
    this.#isolations.add(handle);
    this.#become('isolated', null);
    return () => {
      if (this.#isolations.delete(handle) && this.#isolations.size === 0) this.#become('closed', null);
    };
  }

  reset(): void {
    this.#isolations.clear();
    this.#become('closed', null);
  }

  snapshot(): BreakerSnapshot {
    const state = this.#state === 'isolated' ? 'closed' : this.#state;
    const pastCalls = state === 'closed' ? this.#window.pastCalls() : [];
    return { state, openForMs: this.#openForMs, successes: this.#successes, pastCalls };
  }

  restore(snapshot: BreakerSnapshot): void {
    const { state, openForMs, successes, pastCalls } = checkedSnapshot(snapshot);
    if (this.#state === 'isolated')
      throw new Misuse(`${this.#settings.label} is isolated: release it before restore().`);
    this.#become(state, null);
    // By our own settings: they may have changed since.
    this.#openUntilMs = this.#settings.clock.now() + Math.min(openForMs, this.#settings.openMs);
    this.#successes = Math.min(successes, this.#settings.successesToClose - 1);
    this.#window.remember(pastCalls);
  }

  get #openForMs(): number {
    return this.#state === 'open' ? Math.max(0, this.#openUntilMs - this.#settings.clock.now()) : 0;
  }

  #trial(): Permit | null {
    const { clock, halfOpenTrials, trialLimitMs } = this.#settings;
    const sinceMs = clock.now();
    for (const trial of this.#trials) {
      if (sinceMs - trial.sinceMs < trialLimitMs) break;
      this.#trials.delete(trial);
    }
    if (this.#trials.size >= halfOpenTrials) return null;
    const trial: Permit = { epoch: this.#epoch, sinceMs, isTrial: true };
    this.#trials.add(trial);
    return trial;
  }

  #succeeded(call: Call): void {
    if (this.#state === 'closed') this.#window.add(false);
    else {
      this.#successes += 1;
      if (this.#successes >= this.#settings.successesToClose) this.#become('closed', call);
    }
  }

  #failed(call: Call, error: unknown): void {
    if (this.#state === 'closed') {
      this.#window.add(true);
      if (!this.#window.isTooBad) return;
    }
    this.#become('open', call);
    this.#lastFailure = error;
  }

  /** The call is the one that was the cause, null where somebody did it by hand. */
  #become(to: BreakerState, call: Call | null): void {
    const from = this.#state;
    this.#state = to;
    this.#epoch += 1;
    this.#permit = { epoch: this.#epoch, sinceMs: 0, isTrial: false };
    this.#trials.clear();
    this.#successes = 0;
    this.#window.clear();
    if (to === 'open') this.#openUntilMs = this.#settings.clock.now() + this.#settings.openMs;
    if (to === 'closed' || to === 'isolated') this.#lastFailure = undefined;
    if (from !== to) this.#tell(from, to, call);
  }

  #tell(from: BreakerState, to: BreakerState, call: Call | null): void {
    const event = { kind: 'breaker-changed', breaker: this.#settings.label, from, to } as const;
    if (call !== null) {
      if (call.isHeard) call.tell(event);
    } else if (operationsAreObserved()) publishOperation({ ...event, at: null, operation: '', source: null });
  }
}
