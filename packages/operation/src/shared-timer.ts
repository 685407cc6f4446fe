import { AsyncResource } from 'node:async_hooks';
import type { Alarm, Timer } from './alarm.js';
import { type Place, Queue } from './queue.js';

/** How long it may keep a process from ending in which nobody waits any more. */
const REST_MS = 50;

// It serves many callers, so it runs in the context of none and keeps none alive.
const nobody = new AsyncResource('HoldfastSharedTimer');

/**
 * Timers that take about the same time, so that who comes first is mostly due first, and one of Node's serves them all. Most
 * are stopped long before they are due: neither that nor starting one reaches Node while the shared one runs. Alarms ring in
 * no async context.
 */
export class SharedTimer {
  readonly ms: number;
  readonly #now: () => number;
  readonly #waiting = new Queue<Waiting>();
  #running: NodeJS.Timeout | null = null;
  #ringsAtMs = 0;

  constructor(ms: number, now: () => number) {
    this.ms = ms;
    this.#now = now;
  }

  /** Rings when the time has passed since `nowMs`: the timer's own, or another about as long. */
  start(alarm: Alarm, nowMs: number, ms = this.ms): Timer {
    const dueMs = nowMs + ms;
    const waiting = new Waiting(this.#waiting, alarm, dueMs);
    let before = this.#waiting.last;
    while (before !== null && before.dueMs > dueMs) before = before.before;
    this.#waiting.enter(waiting, before);
    if (this.#running === null || dueMs < this.#ringsAtMs) nobody.runInAsyncScope(this.#ringIn, null, ms, nowMs);
    return waiting;
  }

  readonly #ringIn = (ms: number, nowMs: number): void => {
    if (this.#running !== null) clearTimeout(this.#running);
    const inMs = Math.min(REST_MS, Math.ceil(ms));
    this.#ringsAtMs = nowMs + inMs;
    this.#running = setTimeout(this.#ring, inMs);
  };

  readonly #ring = (): void => {
    const nowMs = this.#now();
    let first = this.#waiting.first;
    while (first !== null && first.dueMs <= nowMs) {
      first.stop();
      ring(first.alarm);
      first = this.#waiting.first;
    }
    this.#running = null;
    if (first !== null) this.#ringIn(first.dueMs - nowMs, nowMs);
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
