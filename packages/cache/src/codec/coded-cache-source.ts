import { types } from 'node:util';
import type { CacheAnswer, CacheLease } from '../cache-answer.js';
import type { CacheSource, CacheSuspension } from '../cache-source.js';
import type { CacheCodec } from './cache-codec.js';

/** Values in a source that keeps texts. */
export class CodedCacheSource<Value> implements CacheSource<string, Value> {
  readonly #texts: CacheSource<string, string>;
  readonly #codec: CacheCodec<Value>;

  constructor(texts: CacheSource<string, string>, codec: CacheCodec<Value>) {
    this.#texts = texts;
    this.#codec = codec;
  }

  textOf(key: string): string {
    return key;
  }

  async get(key: string): Promise<CacheAnswer<Value>> {
    const text = await this.#texts.get(key);
    const decoded = this.#decoded(text);
    // Each promise that is waited for costs about what decoding does.
    const answer = types.isPromise(decoded) ? await decoded : decoded;
    if (answer !== null) return answer;
    // It has no lease beside a value, and what nobody can read is none.
    await this.#texts.invalidate([key]);
    const again = await this.#texts.get(key);
    // Somebody else was quicker, in whatever version.
    return (await this.#decoded(again)) ?? { kind: 'miss', lease: null };
  }

  async getMany(keys: readonly string[]): Promise<readonly CacheAnswer<Value>[]> {
    const answers = await this.#texts.getMany(keys);
    return Promise.all(
      keys.map(async (key, at) => (await this.#decoded(answers[at]!)) ?? this.get(key)), // what cannot be read is rare
    );
  }

  async fill(key: string, lease: CacheLease, value: Value | null): Promise<boolean> {
    return this.#texts.fill(key, lease, value === null ? null : this.#codec.encode(value));
  }

  invalidate(keys: readonly string[]): Promise<void> {
    return this.#texts.invalidate(keys);
  }

  suspend(keys: readonly string[], begun?: (suspension: CacheSuspension) => void): Promise<CacheSuspension> {
    return this.#texts.suspend(keys, begun);
  }

  /** Null for what cannot be read. */
  #decoded(answer: CacheAnswer<string>): CacheAnswer<Value> | null | Promise<CacheAnswer<Value> | null> {
    if (answer.kind === 'miss' || answer.kind === 'bypass') return answer;
    if (answer.value === null) return { kind: 'hit', value: null };
    const value = this.#codec.decode(answer.value);
    return types.isPromise(value) ? value.then((one) => answerWith(answer, one)) : answerWith(answer, value);
  }
}

function answerWith<Value>(answer: Entry, value: Value | null): CacheAnswer<Value> | null {
  if (value !== null) return { ...answer, value };
  return answer.kind === 'stale' ? { kind: 'miss', lease: answer.lease } : null;
}

type Entry = Extract<CacheAnswer<string>, { readonly kind: 'hit' | 'stale' }>;
