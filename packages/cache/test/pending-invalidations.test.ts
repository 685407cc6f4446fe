import { describe, expect, it } from '@jest/globals';
import type { CacheSuspension } from '../src/index.js';
import { guarded, keyOf, untrusted } from './guarded.js';

describe('what could not be delivered', () => {
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
});
