import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { observeOperations } from '@holdfast/operation';
import { CircuitBreakerPolicy } from '@holdfast/resilience';
import {
  type CacheLease,
  type CacheSuspension,
  CacheTelling,
  CacheUnavailable,
  type CacheSource,
  type GuardArgs,
  GuardedCacheSource,
  MemoryCacheSource,
} from '../src/index.js';
import { ManualClock } from './manual-clock.js';

/** A server that can be taken away: refusing, or saying nothing; what it was asked meanwhile it never did. */
class Server implements CacheSource<string, string> {
  state: 'up' | 'refusing' | 'silent' = 'up';
  readonly asked: string[] = [];
  readonly memory: MemoryCacheSource<string>;

  constructor(clock: ManualClock) {
    this.memory = new MemoryCacheSource({ clock, lifetimes });
  }

  textOf = (key: string): string => key;
  get: CacheSource<string, string>['get'] = (key) => this.#ask(`get ${key}`, () => this.memory.get(key));
  getMany: CacheSource<string, string>['getMany'] = (keys) =>
    this.#ask(`getMany ${keys.join()}`, () => this.memory.getMany(keys));
  fill: CacheSource<string, string>['fill'] = (key, lease, value) =>
    this.#ask(`fill ${key}`, () => this.memory.fill(key, lease, value));
  invalidate: CacheSource<string, string>['invalidate'] = (keys) =>
    this.#ask(`invalidate ${keys.join()}`, () => this.memory.invalidate(keys));
  suspend: CacheSource<string, string>['suspend'] = (keys) =>
    this.#ask(`suspend ${keys.join()}`, async () => {
      const suspension = await this.memory.suspend(keys);
      return { resume: () => this.#ask(`resume ${keys.join()}`, () => suspension.resume()) };
    });

  #ask<Answer>(what: string, answer: () => Promise<Answer>): Promise<Answer> {
    this.asked.push(what);
    if (this.state === 'silent') return new Promise(() => {});
    return this.state === 'up' ? answer() : Promise.reject(new Error('ECONNREFUSED'));
  }
}

const lifetimes = { ttlMs: 60_000, leaseMs: 1_000, suspensionMs: 5_000, jitter: 0 };

function guarded(args: GuardArgs = {}) {
  const clock = new ManualClock();
  const server = new Server(clock);
  const telling = new CacheTelling('agent_cache_source');
  const cache = new GuardedCacheSource(server, lifetimes, { clock, random: () => 1, ...args }, telling);
  const store = async (key: string, value: string): Promise<void> => {
    const { lease } = (await cache.get(key)) as { lease: CacheLease };
    await cache.fill(key, lease, value);
  };
  return { clock, server, cache, store };
}
const keyOf = (at: number, tenant = 'team'): string => `holdfast:{${tenant}}:note:${at}`;
const untrusted = { kind: 'miss', lease: null };

describe('a guarded source', () => {
  it.each(['refusing', 'silent'] as const)('answers reads as an empty one while its server is %s', async (state) => {
    const { clock, server, cache, store } = guarded();
    await store('a', 'value');
    const { lease } = (await cache.get('b')) as { lease: CacheLease };
    server.state = state;
    const got = cache.get('a');
    const stored = cache.fill('b', lease, 'value');
    await clock.advance(100);

    expect([await got, await stored]).toEqual([untrusted, false]);
  });

  it('asks a server that does not answer no more than its breaker lets through, and tells it of every write', async () => {
    const breaker = new CircuitBreakerPolicy({ countsAsFailure: () => true, opensAfter: { consecutiveFailures: 2 } });
    const { server, cache } = guarded({ breaker });
    server.state = 'refusing';
    for (let at = 0; at < 10; at += 1) await cache.get(`${at}`);
    expect(server.asked).toEqual(['get 0', 'get 1']);
    expect(breaker.state).toBe('open');
    await cache.suspend(['a']);
    await cache.invalidate(['b']);

    await cache.invalidate(['a']);
    expect(server.asked).toEqual(expect.arrayContaining(['suspend a', 'invalidate a', 'invalidate b']));
    await cache.close();
  });

  it('trusts no entry whose invalidation was not delivered, and delivers it as soon as it can', async () => {
    const { clock, server, cache, store } = guarded();
    await store('a', 'old');
    server.state = 'refusing';
    await cache.invalidate(['a']);
    server.state = 'up';
    expect(await server.memory.get('a')).toEqual({ kind: 'hit', value: 'old' });
    expect([await cache.get('a'), cache.pendingKeys]).toEqual([untrusted, 1]);
    await clock.advance(100);

    expect(await cache.get('a')).toEqual({ kind: 'miss', lease: expect.anything() });
    expect(cache.pendingKeys).toBe(0);
  });

  it('stores nothing that was read before an invalidation that was not delivered', async () => {
    const { server, cache } = guarded();
    const { lease } = (await cache.get('a')) as { lease: CacheLease };
    server.state = 'refusing';
    await cache.invalidate(['a']);
    server.state = 'up';

    expect(await cache.fill('a', lease, 'old')).toBe(false);
    expect(await cache.close()).toBe(0);
  });

  it('tries again at longer and longer intervals, for as long as anything can be left that was stored before', async () => {
    const { clock, server, cache } = guarded();
    server.state = 'refusing';
    await cache.invalidate(['a']);
    await clock.advance(50 + 100 + 200 + 400);
    expect(server.asked).toHaveLength(6);
    await clock.advance(60_000);
    expect(cache.pendingKeys).toBe(1);
    await clock.advance(5_000);

    expect(cache.pendingKeys).toBe(0);
    expect(server.asked.length).toBeLessThan(30);
  });

  it('lets an invalidation that fails for a reason of its own not hold up the others', async () => {
    const { clock, server, cache } = guarded();
    server.state = 'refusing';
    await cache.invalidate(['poison']);
    await cache.invalidate(['b']);
    server.state = 'up';
    const { invalidate } = server;
    server.invalidate = (keys) => (keys.includes('poison') ? Promise.reject(new Error('no')) : invalidate(keys));
    await clock.advance(400);

    expect([await cache.get('poison'), cache.pendingKeys]).toEqual([untrusted, 1]);
    expect(await cache.get('b')).toEqual({ kind: 'miss', lease: expect.anything() });
    server.invalidate = invalidate;
    expect(await cache.close()).toBe(0);
  });

  it('delivers a key once, however often it could not be delivered', async () => {
    const { clock, server, cache } = guarded();
    server.state = 'refusing';
    for (let at = 0; at < 1_000; at += 1) await (await cache.suspend(['a'])).resume();
    await clock.advance(10_000);
    server.asked.length = 0;
    server.state = 'up';
    await clock.advance(5_000);

    expect([server.asked, cache.pendingKeys]).toEqual([['invalidate a'], 0]);
  });

  it('delivers many keys of a slot by few commands once its server is back', async () => {
    const { clock, server, cache } = guarded();
    server.state = 'refusing';
    for (let at = 0; at < 1_000; at += 1) await cache.invalidate([keyOf(at)]);
    await clock.advance(10_000);
    server.asked.length = 0;
    server.state = 'up';
    await clock.advance(5_000);

    expect(cache.pendingKeys).toBe(0);
    expect(server.asked.length).toBeLessThan(20);
  });

  it('invalidates all entries of a tenant when more keys are pending than it can remember', async () => {
    const { clock, server, cache, store } = guarded({ maxPendingKeys: 2 });
    for (const at of [1, 2, 3, 4]) await store(keyOf(at), 'old');
    await store(keyOf(4, 'another'), 'value');
    server.state = 'refusing';
    await cache.invalidate([keyOf(1), keyOf(2)]);
    await cache.invalidate([keyOf(3)]);
    server.state = 'up';
    expect([await cache.get(keyOf(3)), await cache.get(keyOf(4))]).toEqual([untrusted, untrusted]);
    expect(await cache.get(keyOf(4, 'another'))).toEqual({ kind: 'hit', value: 'value' });
    await clock.advance(5_000);

    expect(cache.pendingKeys).toBe(0);
    for (const at of [1, 2, 3, 4]) expect((await server.memory.get(keyOf(at))).kind).toBe('miss');
    expect(await cache.get(keyOf(3))).toEqual({ kind: 'miss', lease: expect.anything() });
  });

  it('trusts nothing at all for a while when more tenants are pending than it can remember', async () => {
    const { clock, server, cache, store } = guarded({ maxPendingKeys: 1 });
    await store('other', 'value');
    server.state = 'refusing';
    for (const tenant of ['a', 'b', 'c']) await cache.invalidate([keyOf(1, tenant)]);
    server.state = 'up';
    await clock.advance(5_000);
    expect([await cache.get('other'), cache.pendingKeys]).toEqual([untrusted, 0]);
    await clock.advance(60_000);

    expect(await cache.get('other')).toEqual({ kind: 'miss', lease: expect.anything() });
  });

  it('lets a slot whose server is lost not hold up the others', async () => {
    const { clock, server, cache } = guarded();
    server.state = 'refusing';
    for (let at = 0; at < 1_000; at += 1) await cache.invalidate([keyOf(at, 'lost')]);
    await cache.invalidate([keyOf(1)]);
    server.state = 'up';
    const { invalidate } = server;
    server.invalidate = (keys) => (keys.join().includes('{lost}') ? Promise.reject(new Error('no')) : invalidate(keys));
    await clock.advance(100);
    expect(await cache.get(keyOf(1))).toEqual({ kind: 'miss', lease: expect.anything() });
    expect(cache.pendingKeys).toBe(1_000);
    await (await cache.suspend([keyOf(1)])).resume();

    expect(server.asked.slice(-2)).toEqual([`suspend ${keyOf(1)}`, `resume ${keyOf(1)}`]);
    server.invalidate = invalidate;
    expect(await cache.close()).toBe(0);
  });

  it('waits for a silent server once when it is closed, however much is pending', async () => {
    const { clock, server, cache } = guarded();
    server.state = 'silent';
    const telling = Array.from({ length: 20 }, (_none, at) => cache.invalidate([keyOf(at, `${at}`)]));
    await clock.advance(250);
    await Promise.all(telling);
    const closing = cache.close();
    await clock.advance(250);

    expect(await closing).toBe(20);
  });

  describe('before a write that its server cannot be told of', () => {
    it.each(['refusing', 'silent'] as const)('refuses it where writes are strict, being %s', async (state) => {
      const { clock, server, cache } = guarded({ writes: 'strict' });
      server.state = state;
      const suspending = cache.suspend(['a']).catch((error: unknown) => error);
      await clock.advance(250);

      expect(await suspending).toMatchObject({
        code: 'cache_update_unavailable',
        outcome: 'not-committed',
        retryable: true,
        httpStatus: 503,
      });
      expect(await suspending).toBeInstanceOf(CacheUnavailable);
      expect(cache.pendingKeys).toBe(0);
    });

    it('lets it be made where they are bounded, and tells the server when it is over', async () => {
      const { clock, server, cache, store } = guarded();
      await store('a', 'old');
      server.state = 'refusing';
      const suspension = await cache.suspend(['a']);
      server.state = 'up';
      await clock.advance(1_000);
      expect(await cache.get('a')).toEqual(untrusted);
      await suspension.resume();

      expect(await cache.get('a')).toEqual({ kind: 'miss', lease: expect.anything() });
    });

    it('does the same where nobody ever says that it is over, after the time of a suspension', async () => {
      const { clock, server, cache, store } = guarded();
      await store('a', 'old');
      server.state = 'refusing';
      await cache.suspend(['a']);
      server.state = 'up';
      await clock.advance(4_999);
      expect(await cache.get('a')).toEqual(untrusted);
      await clock.advance(1);

      expect(await cache.get('a')).toEqual({ kind: 'miss', lease: expect.anything() });
    });
  });

  it('waits for a silent server once, and tells it of what was written meanwhile as soon as it can', async () => {
    const { clock, server, cache, store } = guarded();
    await store(keyOf(1), 'old');
    server.state = 'silent';
    const first = cache.suspend([keyOf(1)]);
    await clock.advance(250);
    await (await first).resume();
    const asked = server.asked.length;
    for (let at = 0; at < 10; at += 1) await (await cache.suspend([keyOf(1)])).resume();
    expect(server.asked).toHaveLength(asked);
    expect(await cache.get(keyOf(1))).toEqual(untrusted);
    server.state = 'up';
    await clock.advance(600);

    expect((await server.memory.get(keyOf(1))).kind).toBe('miss');
    const suspension = await cache.suspend([keyOf(1)]);
    expect(server.asked.at(-1)).toBe(`suspend ${keyOf(1)}`);
    await suspension.resume();
    expect(cache.pendingKeys).toBe(0);
  });

  it.each(['strict', 'bounded'] as const)('ends a suspension of a %s write that came late', async (writes) => {
    const { clock, server, cache } = guarded({ writes });
    const late: (() => Promise<unknown>)[] = [];
    server.suspend = async (keys, begun) => {
      let suspension: CacheSuspension | null = null;
      begun?.({
        resume: async () => {
          if (suspension === null) throw new Error('ECONNREFUSED');
          await suspension.resume();
        },
      });
      late.push(async () => (suspension = await server.memory.suspend(keys)));
      return new Promise(() => {});
    };
    const suspending = cache.suspend(['a']).catch(() => null);
    await clock.advance(250);
    await late[0]!();
    await (await suspending)?.resume();
    await clock.advance(500);

    expect(await cache.get('a')).toEqual({ kind: 'miss', lease: expect.anything() });
  });

  it('trusts no key of a write whose end it could not tell of, be its beginning told of meanwhile', async () => {
    const { clock, server, cache, store } = guarded();
    server.state = 'refusing';
    const suspension = await cache.suspend(['a']);
    server.state = 'up';
    await clock.advance(6_000);
    await store('a', 'old');
    server.state = 'refusing';
    await suspension.resume();
    server.state = 'up';
    expect([await cache.get('a'), cache.pendingKeys]).toEqual([untrusted, 1]);
    await clock.advance(100);

    expect(await cache.get('a')).toEqual({ kind: 'miss', lease: expect.anything() });
  });

  it('trusts no key of a write that was under way when it was closed', async () => {
    const { server, cache, store } = guarded();
    await store('a', 'old');
    server.state = 'refusing';
    const suspension = await cache.suspend(['a']);
    server.state = 'up';
    expect(await cache.close()).toBe(0);
    expect(await cache.get('a')).toEqual(untrusted);
    server.state = 'refusing';
    await suspension.resume();
    server.state = 'up';

    expect(await cache.get('a')).toEqual(untrusted);
    expect(await cache.close()).toBe(0);
    expect(await cache.get('a')).toEqual({ kind: 'miss', lease: expect.anything() });
  });

  it('keeps the suspension on the server where only its end cannot be delivered, and delivers that later', async () => {
    const { clock, server, cache } = guarded({ writes: 'strict' });
    const suspension = await cache.suspend(['a']);
    server.state = 'silent';
    const resuming = suspension.resume();
    await clock.advance(250);
    await resuming;
    server.state = 'up';
    expect(await server.memory.get('a')).toEqual(untrusted);
    await clock.advance(500);

    expect(await server.memory.get('a')).toEqual({ kind: 'miss', lease: expect.anything() });
    expect(cache.pendingKeys).toBe(0);
  });

  it('tells of its failures, and how many keys are pending', async () => {
    const told: unknown[] = [];
    const stop = observeOperations((event) => {
      if (event.kind === 'cache-failed') told.push(`${event.at.layer} ${event.operation} ${String(event.error)}`);
      if (event.kind === 'cache-invalidations-pending') told.push(event.keys);
    });
    const { clock, server, cache } = guarded();
    server.state = 'refusing';
    await cache.get('a');
    await cache.invalidate(['a', 'b']);
    server.state = 'up';
    await clock.advance(100);
    await turn();
    stop();

    expect(told).toEqual([
      'agent_cache_source get Error: ECONNREFUSED',
      'agent_cache_source invalidate Error: ECONNREFUSED',
      2,
      1,
      0,
    ]);
  });
});
