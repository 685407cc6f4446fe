import { setTimeout as delay } from 'node:timers/promises';
import type { RedisCommands, RedisLine } from './redis-commands.js';
import type { RedisListener, RedisSubscription } from './redis-port.js';
import { RedisTimeout } from './redis-timeout.js';

const CONNECT_LIMIT_MS = 5_000;
const FIRST_DELAY_MS = 20;
const MAX_DELAY_MS = 1_000;

interface SubscriptionArgs {
  readonly listen: RedisCommands['listen'];
  readonly channel: string;
  readonly listener: RedisListener;
  readonly pingMs: number;
  readonly random: () => number;
}

/**
 * A subscription that comes back: when its connection ends, or is silent when it is asked, another one is made, for as long
 * as it takes. In between its listener knows that it misses messages.
 */
export class LastingSubscription implements RedisSubscription {
  readonly #listen: RedisCommands['listen'];
  readonly #channel: string;
  readonly #listener: RedisListener;
  readonly #pingMs: number;
  readonly #random: () => number;
  readonly #end = new AbortController();
  #line: RedisLine | null = null;
  #pings: NodeJS.Timeout | null = null;

  private constructor({ listen, channel, listener, pingMs, random }: SubscriptionArgs) {
    this.#listen = listen;
    this.#channel = channel;
    this.#listener = listener;
    this.#pingMs = pingMs;
    this.#random = random;
  }

  /** Resolves once it listens; rejects if the first connection cannot be made. */
  static async start(args: SubscriptionArgs): Promise<LastingSubscription> {
    const subscription = new LastingSubscription(args);
    await subscription.#connect();
    return subscription;
  }

  async unsubscribe(): Promise<void> {
    this.#end.abort();
    this.#leave();
  }

  async #connect(): Promise<void> {
    let current = true;
    const ended = (): void => {
      if (!current) return;
      current = false;
      if (this.#line !== null) this.#lose();
    };
    const listener = {
      message: (message: string) => current && !this.#end.signal.aborted && this.#listener.message(message),
      ended,
    };
    const line = this.#listen(this.#channel, listener);
    try {
      await within(CONNECT_LIMIT_MS, line.opened);
      if (!current) throw new RedisTimeout(CONNECT_LIMIT_MS);
    } catch (error) {
      line.close();
      throw error;
    }
    if (this.#end.signal.aborted) return line.close();
    this.#line = line;
    this.#pings = setInterval(() => {
      within(this.#pingMs, line.ping()).catch(ended);
    }, this.#pingMs);
    this.#pings.unref();
  }

  #lose(): void {
    this.#leave();
    if (this.#end.signal.aborted) return;
    this.#listener.lost();
    void this.#comeBack();
  }

  #leave(): void {
    if (this.#pings !== null) clearInterval(this.#pings);
    this.#line?.close();
    this.#line = null;
    this.#pings = null;
  }

  async #comeBack(): Promise<void> {
    const { signal } = this.#end;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const longest = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
      await delay(this.#random() * longest, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      try {
        await this.#connect();
        if (!signal.aborted) this.#listener.restored();
        return;
      } catch {
        // Redis is not there yet.
      }
    }
  }
}

function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new RedisTimeout(limitMs)), limitMs);
    timer.unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
