import { setTimeout as delay } from 'node:timers/promises';
import type { RedisServer, SlowProxy } from '@holdfast/local-redis';

export const redisFaultKinds = ['cut', 'pause', 'slow', 'full', 'restart'] as const;
export type RedisFaultKind = (typeof redisFaultKinds)[number];

const LASTS_MS = 60;

/** Has things happen to Redis, one at a time. */
export class RedisFaults {
  readonly #server: RedisServer;
  readonly #proxy: SlowProxy;
  readonly #random: () => number;
  readonly #kinds: readonly RedisFaultKind[];
  #healing: Promise<void> | null = null;

  /** How many there were, by kind. */
  readonly landed = new Map<RedisFaultKind, number>();

  constructor(server: RedisServer, proxy: SlowProxy, random: () => number, kinds: readonly RedisFaultKind[]) {
    this.#server = server;
    this.#proxy = proxy;
    this.#random = random;
    this.#kinds = kinds;
  }

  /** Resolves when it has begun; it heals by itself. Nothing where one is under way, or there are none. */
  async strike(): Promise<void> {
    if (this.#healing !== null || this.#kinds.length === 0) return;
    const kind = this.#kinds[Math.floor(this.#random() * this.#kinds.length)]!;
    let heal = async (): Promise<void> => {};
    this.#healing = Promise.resolve();
    if (kind === 'cut') this.#proxy.cut();
    if (kind === 'pause') {
      await this.#server.pause();
      heal = async () => this.#server.resume();
    }
    if (kind === 'slow') {
      this.#proxy.delayMs = 400;
      heal = async () => void (this.#proxy.delayMs = 0);
    }
    if (kind === 'full') {
      await this.#server.fill();
      heal = () => this.#server.drain();
    }
    if (kind === 'restart') {
      await this.#server.kill();
      heal = () => this.#server.restart();
    }
    this.landed.set(kind, (this.landed.get(kind) ?? 0) + 1);
    this.#healing = delay(this.#random() * LASTS_MS)
      .then(heal)
      .finally(() => (this.#healing = null));
  }

  async healed(): Promise<void> {
    await this.#healing;
  }
}
