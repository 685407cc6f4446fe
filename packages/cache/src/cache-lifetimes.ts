import { Misuse } from '@holdfast/errors';

/** How long things are kept, in whole milliseconds. */
export interface CacheLifetimes {
  /** For how long a value is fresh. It also bounds how old a value may get whose invalidation was lost. */
  readonly ttlMs: number;
  /** The part of `ttlMs` that is taken off at random, so that what was stored together does not end together. 0 to 1. Default 0.1. */
  readonly jitter?: number;
  /** The same for what is known not to be there. Default 0: that is not stored. */
  readonly negativeTtlMs?: number;
  /** For how long a value is kept after it was fresh, for `readThrough` to serve by choice. Default 0. */
  readonly staleMs?: number;
  /** How long reading the database may take for its value to be stored. Default 10 000. */
  readonly leaseMs?: number;
  /**
   * How long nothing is stored for keys that a write has suspended and not resumed. It must be longer than a transaction
   * takes from its first write to its commit. Default 30 000.
   */
  readonly suspensionMs?: number;
}

/** Checked, and with its defaults. Throws Misuse. */
export function checkedLifetimes(given: CacheLifetimes): Required<CacheLifetimes> {
  const lifetimes = {
    jitter: 0.1,
    negativeTtlMs: 0,
    staleMs: 0,
    leaseMs: 10_000,
    suspensionMs: 30_000,
    ...given,
  };
  const refuse = (name: string, what: string): never => {
    throw new Misuse(`${name} of a cache is ${what}.`);
  };
  for (const name of ['ttlMs', 'leaseMs', 'suspensionMs'] as const) {
    if (!(Number.isSafeInteger(lifetimes[name]) && lifetimes[name] >= 1))
      refuse(name, 'a whole number of milliseconds from 1 on');
  }
  for (const name of ['negativeTtlMs', 'staleMs'] as const) {
    if (!(Number.isSafeInteger(lifetimes[name]) && lifetimes[name] >= 0))
      refuse(name, 'a whole number of milliseconds from 0 on');
  }
  if (!(lifetimes.jitter >= 0 && lifetimes.jitter <= 1)) refuse('jitter', 'a share from 0 to 1');
  return Object.freeze(lifetimes);
}

/** How long a new entry is fresh; 0 where it is not to be stored. */
export function freshForMs(lifetimes: Required<CacheLifetimes>, isNegative: boolean, random: () => number): number {
  const longest = isNegative ? lifetimes.negativeTtlMs : lifetimes.ttlMs;
  return longest === 0 ? 0 : Math.max(1, Math.round(longest * (1 - lifetimes.jitter * random())));
}

/** After this time nothing is left of what was stored before. */
export function longestLifeMs({ ttlMs, negativeTtlMs, staleMs }: Required<CacheLifetimes>): number {
  return Math.max(ttlMs + staleMs, negativeTtlMs);
}
