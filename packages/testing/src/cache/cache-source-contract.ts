import type { CacheLifetimes, CacheSource } from '@holdfast/cache';

/** What a cache source is tested by. */
export interface CacheSourceContract<Key, Value> {
  /** A source with nothing in it that keeps things for so long. Each case takes one. */
  readonly create: (lifetimes: CacheLifetimes) => Promise<CacheSource<Key, Value>>;
  /** A key, another one for each number. */
  readonly key: (number: number) => Key;
  /** A value, another one for each number. */
  readonly value: (number: number) => Value;
  /** Lets so many milliseconds pass, for the source. */
  readonly pass: (ms: number) => Promise<void>;
  /** After the last case. */
  readonly close?: () => Promise<void>;
}
