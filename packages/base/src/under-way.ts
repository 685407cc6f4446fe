import { AsyncLocalStorage } from 'node:async_hooks';
import { ambientSession } from '@holdfast/operation';
import { DatabaseClosed } from './errors/database-closed.js';
import { StillRunning } from './errors/still-running.js';
import type { RunLimits } from './wire/run-limits.js';
import { Wait } from './wire/wait.js';

/** Told how a call has ended, before its caller is: with what it failed, or null. */
export type Ended = (error: unknown) => void;

/** What a Database has under way, for `close` to wait for. */
export class UnderWay {
  #calls = 0;
  #isClosing = false;
  readonly #dbSessions = new Set<object>();
  // Calls that make others, each with the name of the lock that it holds, if it does.
  readonly #units = new Map<object, string | null>();
  readonly #unit = new AsyncLocalStorage<object>();
  readonly #whenIdle = new Set<() => void>();

  /** Keeps count of a call. Refuses it while closing, unless what is waited for makes it. */
  call<Result>(start: () => Promise<Result>, onEnd: Ended | null = null): Promise<Result> {
    if (this.#isClosing && !this.#belongsToRunning()) return Promise.reject(new DatabaseClosed());
    let running: Promise<Result>;
    try {
      running = start();
    } catch (error) {
      running = Promise.reject(error as Error);
    }
    this.#calls++;
    if (onEnd === null) running.then(this.#ended, this.#ended);
    else
      running.then(
        () => this.#endedAs(null, onEnd),
        (error: unknown) => this.#endedAs(error, onEnd),
      );
    return running;
  }

  /** A call that makes others, which are part of it until it ends. */
  compound<Result>(start: () => Promise<Result>, lock: string | null = null): Promise<Result> {
    return this.call(() => this.#asUnit(lock, start));
  }

  /** Until `sessionEnded`, what runs within this dbSession is part of a call under way. */
  sessionBegan(dbSession: object): void {
    this.#dbSessions.add(dbSession);
  }

  sessionEnded(dbSession: object): void {
    this.#dbSessions.delete(dbSession);
  }

  /** Runs what follows a commit; what it calls is part of the call under way. */
  hooks(run: () => Promise<void>): Promise<void> {
    return this.#asUnit(null, run);
  }

  /** Resolves when nothing is under way; throws StillRunning when the signal or the deadline comes first. */
  close(limits: RunLimits): Promise<void> {
    this.#isClosing = true;
    if (this.#calls === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const idle = (): void => {
        if (wait.end()) resolve();
      };
      const wait: Wait = new Wait(limits, (reason) => {
        this.#whenIdle.delete(idle);
        const locks = [...this.#units.values()].filter((lock) => lock !== null);
        reject(new StillRunning({ calls: this.#calls, dbSessions: this.#dbSessions.size, locks }, reason));
      });
      if (!wait.isOver) this.#whenIdle.add(idle);
    });
  }

  async #asUnit<Result>(lock: string | null, start: () => Promise<Result>): Promise<Result> {
    const unit = {};
    this.#units.set(unit, lock);
    try {
      return await this.#unit.run(unit, start);
    } finally {
      this.#units.delete(unit);
    }
  }

  #belongsToRunning(): boolean {
    const dbSession = ambientSession();
    if (dbSession !== null && this.#dbSessions.has(dbSession)) return true;
    const unit = this.#unit.getStore();
    return unit !== undefined && this.#units.has(unit);
  }

  #endedAs(error: unknown, onEnd: Ended): void {
    this.#ended();
    onEnd(error);
  }

  readonly #ended = (): void => {
    if (--this.#calls > 0) return;
    for (const idle of this.#whenIdle) idle();
    this.#whenIdle.clear();
  };
}
