import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { observeOperations } from '@holdfast/operation';
import { CircuitBreakerPolicy } from '@holdfast/resilience';
import { type CacheLease, CacheUnavailable } from '../src/index.js';
import { guarded, untrusted } from './guarded.js';

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

  describe('where one slot of several cannot be told', () => {
    it('distrusts the keys of that one alone, and ends the suspension of the others', async () => {
      const { clock, server, cache, store } = guarded();
      await store('{t}:a', 'old');
      server.lost = '{u}';
      const suspension = await cache.suspend(['{t}:a', '{u}:a']);
      expect([await server.memory.get('{t}:a'), cache.pendingKeys]).toEqual([untrusted, 1]);
      await suspension.resume();
      await store('{t}:a', 'new');
      expect(await cache.get('{t}:a')).toEqual({ kind: 'hit', value: 'new' });
      expect([await cache.get('{u}:a'), cache.pendingKeys]).toEqual([untrusted, 1]);
      await cache.invalidate(['{t}:a', '{u}:b']);
      expect(await cache.get('{t}:a')).toEqual({ kind: 'miss', lease: expect.anything() });
      server.lost = null;
      await clock.advance(1_000);

      expect(cache.pendingKeys).toBe(0);
    });

    it('refuses the write where they are strict, and suspends nothing for it', async () => {
      const { server, cache } = guarded({ writes: 'strict' });
      server.lost = '{u}';
      await expect(cache.suspend(['{t}:a', '{u}:a'])).rejects.toBeInstanceOf(CacheUnavailable);

      expect(await cache.get('{t}:a')).toEqual({ kind: 'miss', lease: expect.anything() });
      expect(cache.pendingKeys).toBe(0);
    });
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
    await cache.invalidate(['{t}:a', '{t}:b']);
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
