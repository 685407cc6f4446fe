import { setTimeout as delay } from 'node:timers/promises';
import type { RedisFaultKinds } from './redis-world.js';

const LASTS_MS = 60;
/** In between there must be something in the cache for a fault to spoil. */
const CALM_MS = 400;

/** Has things happen to Redis, one at a time. */
export class RedisFaults {
  readonly #faults: RedisFaultKinds;
  readonly #random: () => number;
  readonly #kinds: readonly string[];
  #healing: Promise<void> | null = null;

  /** How many there were, by kind. */
  readonly landed = new Map<string, number>();

  /** Of these kinds, or of all that there are. */
  constructor(faults: RedisFaultKinds, random: () => number, kinds: readonly string[] = Object.keys(faults)) {
    this.#faults = faults;
    this.#random = random;
    this.#kinds = kinds;
  }

  /** Whether one has begun, which heals by itself: not where one is under way, or there are none. */
  async strike(): Promise<boolean> {
    if (this.#healing !== null || this.#kinds.length === 0) return false;
    const kind = this.#kinds[Math.floor(this.#random() * this.#kinds.length)]!;
    let begun = (): void => {};
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    this.#healing = this.#happen(kind, begun).finally(() => {
      begun();
      this.#healing = null;
    });
    this.#healing.catch(() => {}); // `healed` rejects with it
    await beginning;
    return true;
  }

  async healed(): Promise<void> {
    await this.#healing;
  }

  async #happen(kind: string, begun: () => void): Promise<void> {
    const heal = await this.#faults[kind]!();
    this.landed.set(kind, (this.landed.get(kind) ?? 0) + 1);
    begun();
    await delay(this.#random() * LASTS_MS);
    await heal();
    await delay(this.#random() * CALM_MS);
  }
}
