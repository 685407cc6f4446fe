import type { RedisPort, RedisSubscription } from '../redis/redis-port.js';

interface Listener {
  invalidate(keys: readonly string[]): Promise<void>;
  clear(): void;
}

interface Message {
  readonly from: string;
  readonly keys: readonly string[];
}

export interface InvalidationsArgs {
  readonly redis: RedisPort;
  readonly channel: string;
  /** This process, among those that use the channel. */
  readonly id: string;
}

/** What other processes have invalidated, heard by the sources of this one. */
export class Invalidations {
  readonly channel: string;
  readonly #redis: RedisPort;
  readonly #id: string;
  readonly #listeners = new Set<Listener>();
  #areHeard = false;
  #losses = 0;
  #subscription: Promise<RedisSubscription> | null = null;

  constructor({ redis, channel, id }: InvalidationsArgs) {
    this.#redis = redis;
    this.channel = channel;
    this.#id = id;
  }

  /** Whether what others invalidate is heard now. */
  get areHeard(): boolean {
    return this.#areHeard;
  }

  listen(listener: Listener): void {
    this.#listeners.add(listener);
  }

  /** What others are told. */
  message(keys: readonly string[]): string {
    return JSON.stringify({ from: this.#id, keys } satisfies Message);
  }

  /** Begins to hear. Rejects with what the client threw; it may be called again then. */
  async start(): Promise<void> {
    this.#subscription ??= this.#redis.subscribe(this.channel, {
      message: (text) => this.#heard(text),
      lost: () => this.#deaf(),
      restored: () => this.#hearing(),
    });
    const losses = this.#losses;
    try {
      await this.#subscription;
    } catch (error) {
      this.#subscription = null;
      throw error;
    }
    if (losses === this.#losses) this.#hearing();
  }

  async stop(): Promise<void> {
    const subscription = this.#subscription;
    this.#subscription = null;
    this.#deaf();
    // Of what could not be begun nothing is to be ended: whoever began it was told.
    const begun = await subscription?.catch(() => null);
    await begun?.unsubscribe();
  }

  #hearing(): void {
    // Nobody knows what was missed.
    this.#clear();
    this.#areHeard = true;
  }

  #deaf(): void {
    this.#areHeard = false;
    this.#losses += 1;
  }

  #clear(): void {
    for (const listener of this.#listeners) listener.clear();
  }

  #heard(text: string): void {
    const message = messageIn(text);
    // What cannot be understood may be about anything.
    if (message === null) this.#clear();
    else if (message.from !== this.#id) for (const listener of this.#listeners) void listener.invalidate(message.keys);
  }
}

function messageIn(text: string): Message | null {
  try {
    const { from, keys } = JSON.parse(text) as Partial<Message>;
    return typeof from === 'string' && Array.isArray(keys) ? { from, keys: keys.map(String) } : null;
  } catch {
    return null;
  }
}
