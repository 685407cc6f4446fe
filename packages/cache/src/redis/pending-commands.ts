import { RedisBacklogFull } from './redis-backlog-full.js';
import { RedisTimeout } from './redis-timeout.js';

/** Sees to it that nobody waits for Redis for ever, and that no more waits than memory is meant for. */
export class PendingCommands {
  readonly #timeoutMs: number;
  readonly #maxPending: number;
  #pending = 0;

  constructor(timeoutMs: number, maxPending: number) {
    this.#timeoutMs = timeoutMs;
    this.#maxPending = maxPending;
  }

  /** The answer of a command, or RedisTimeout or RedisBacklogFull. What nobody waits for any more is still counted. */
  answer<Reply>(send: () => Promise<Reply>): Promise<Reply> {
    if (this.#pending >= this.#maxPending) return Promise.reject(new RedisBacklogFull(this.#maxPending));
    return new Promise((resolve, reject) => {
      // What lies in the socket already is read before the time is up: we may have been the ones who were busy.
      const timer = setTimeout(() => setImmediate(() => reject(new RedisTimeout(this.#timeoutMs))), this.#timeoutMs);
      const settled = (): void => {
        this.#pending -= 1;
        clearTimeout(timer);
      };
      this.#pending += 1;
      let sent: Promise<Reply>;
      try {
        sent = send();
      } catch (error) {
        // Clients throw some of their errors at once.
        settled();
        throw error;
      }
      sent.then(
        (reply) => {
          settled();
          resolve(reply);
        },
        (error: unknown) => {
          settled();
          reject(error);
        },
      );
    });
  }
}
