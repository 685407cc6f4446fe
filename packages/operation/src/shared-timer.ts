import { AsyncResource } from 'node:async_hooks';
import type { Alarm, Timer } from './clock.js';
import { type Place, Queue } from './queue.js';

/** How long it may keep a process from ending in which nobody waits any more. */
const REST_MS = 50;

// It serves many callers, so it runs in the context of none and keeps none alive.
const nobody = new AsyncResource('HoldfastSharedTimer');

/**
 * Timers that all take the same time, so that who comes first is due first, and one of Node's serves them all. Most are
 * stopped long before they are due: neither that nor starting one reaches Node while the shared one runs. Alarms ring in no
 * async context.
 */
export class SharedTimer {
  readonly ms: number;
  readonly #now: () => number;
  readonly #waiting = new Queue<Waiting>();
  #isRunning = false;

  constructor(ms: number, now: () => number) {
    this.ms = ms;
    this.#now = now;
  }

  /** Rings when the time has passed since `nowMs`. */
  start(alarm: Alarm, nowMs: number): Timer {
    const waiting = new Waiting(this.#waiting, alarm, nowMs + this.ms);
    this.#waiting.enter(waiting);
    if (!this.#isRunning) {
      this.#isRunning = true;
      nobody.runInAsyncScope(this.#ringIn, null, this.ms);
    }
    return waiting;
  }

  readonly #ringIn = (ms: number): void => void setTimeout(this.#ring, Math.min(REST_MS, ms));

  readonly #ring = (): void => {
    const nowMs = this.#now();
    let first = this.#waiting.first;
    while (first !== null && first.dueMs <= nowMs) {
      first.stop();
      ring(first.alarm);
      first = this.#waiting.first;
    }
    if (first === null) this.#isRunning = false;
    else this.#ringIn(Math.ceil(first.dueMs - nowMs));
  };
}

class Waiting implements Timer, Place<Waiting> {
  before: Waiting | null = null;
  behind: Waiting | null = null;
  readonly alarm: Alarm;
  readonly dueMs: number;
  #queue: Queue<Waiting> | null;

  constructor(queue: Queue<Waiting>, alarm: Alarm, dueMs: number) {
    this.#queue = queue;
    this.alarm = alarm;
    this.dueMs = dueMs;
  }

  stop(): void {
    this.#queue?.leave(this);
    this.#queue = null;
  }
}

/** One that throws is no reason for others not to ring; it ends where errors of timers do. */
function ring(alarm: Alarm): void {
  try {
    alarm.ring();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
