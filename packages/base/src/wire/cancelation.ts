import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { DeadlineExceeded } from '../errors/deadline-exceeded.js';
import { destroy, fencedCancel } from './cancel-fence.js';
import type { RunLimits } from './run-limits.js';
import { Wait } from './wait.js';

/** How long the server may take to answer a statement that it was asked to cancel; then the connection is destroyed. */
const CANCEL_GRACE_MS = 2_000;
const FIRST_PAUSE_MS = 25;

/**
 * Watches over a statement while it runs: when its signal aborts or its deadline passes, the server is asked to cancel
 * it, again and again until it has answered, since a request that overtakes the statement hits nothing.
 */
export class Cancelation {
  readonly #client: pg.ClientBase;
  readonly #wait: Wait;
  #isRunning = false;
  #reason: Error | null = null;
  #noAnswer: Error | null = null;
  #grace: NodeJS.Timeout | undefined = undefined;

  constructor(client: pg.ClientBase, limits: RunLimits) {
    const { signal } = limits;
    this.#client = client;
    this.#wait = new Wait(limits, (reason) => {
      this.#reason = reason;
      if (!this.#isRunning) return;
      if (reason instanceof DeadlineExceeded && reason !== signal?.reason) this.#reason = tooLate(reason);
      void this.#cancel();
    });
  }

  /** Why the statement was given up, or null. */
  get reason(): Error | null {
    return this.#reason;
  }

  /** Why what was answered cannot be relied upon, or null. */
  get noAnswer(): Error | null {
    return this.#noAnswer;
  }

  /** The statement is about to be sent. Nothing must be sent where there is a reason already. */
  begins(): void {
    this.#isRunning = true;
  }

  /** The server has answered, or the connection is gone. */
  ends(): void {
    this.#isRunning = false;
    this.#wait.end();
    if (this.#reason === null) return;
    clearTimeout(this.#grace);
    this.#client.off('notice', this.#onNotice);
  }

  async #cancel(): Promise<void> {
    this.#client.on('notice', this.#onNotice);
    this.#grace = setTimeout(() => {
      this.#noAnswer = new Error('The server did not answer a statement that it was asked to cancel.', this.#because());
      destroy(this.#client);
    }, CANCEL_GRACE_MS);
    for (let pauseMs = FIRST_PAUSE_MS; this.#isRunning; pauseMs *= 2) {
      await fencedCancel(this.#client);
      if (this.#isRunning) await pause(pauseMs, undefined, { ref: false });
    }
  }

  // A write that waited for its standby stands, and yet may be gone after a failover.
  readonly #onNotice = ({ routine }: { readonly routine?: string | undefined }): void => {
    if (routine !== 'SyncRepWaitForLSN') return;
    this.#noAnswer = new Error('The write was cancelled while it waited for its replication.', this.#because());
  };

  #because(): ErrorOptions {
    return { cause: this.#reason };
  }
}

function tooLate({ cause }: DeadlineExceeded): DeadlineExceeded {
  return new DeadlineExceeded({ message: 'The deadline passed while a statement ran, which was cancelled.', cause });
}
