import { seededRandom, type SeededRandom } from '../seeded-random.js';
import type { Tag, Write } from './write.js';

/** The rows that all workers update. */
export const HOT_COUNTERS = 4;
/** The registers of each worker. */
const SLOTS = 5;

/** The writes of each worker, in order, as the seed says. */
export function planWrites(seed: number, writes: number, workers: number): readonly (readonly Write[])[] {
  return Array.from({ length: workers }, (_, worker) => {
    const random = seededRandom(seed, `plan of ${worker}`);
    const used = new Set<number>();
    const length = Math.floor(writes / workers) + (worker < writes % workers ? 1 : 0);
    return Array.from({ length }, (_, seq) => {
      const value = `${worker}.${seq}.${Math.floor(random() * 2 ** 32).toString(36)}`;
      return planned({ worker, seq, value }, random, used);
    });
  });
}

function planned(tag: Tag, random: SeededRandom, used: Set<number>): Write {
  const chance = random();
  if (chance < 0.3) return { ...tag, kind: 'create' };
  if (chance < 0.52) return { ...tag, kind: 'post', counters: [below(HOT_COUNTERS, random)] };
  if (chance < 0.535) {
    // In either order, so that two of them may wait for each other.
    const first = below(HOT_COUNTERS, random);
    const second = (first + 1 + below(HOT_COUNTERS - 1, random)) % HOT_COUNTERS;
    return { ...tag, kind: 'post', counters: [first, second] };
  }
  if (chance < 0.85) {
    const slot = below(SLOTS, random);
    const kind = used.has(slot) && chance < 0.73 ? 'update' : 'upsert';
    used.add(slot);
    return { ...tag, kind, slot };
  }
  return { ...tag, kind: 'purge' };
}

function below(limit: number, random: SeededRandom): number {
  return Math.floor(random() * limit);
}
