import assert from 'node:assert/strict';
import type { CacheLease, CacheLifetimes, CacheSource } from '@holdfast/cache';
import type { CacheSourceContract } from './cache-source-contract.js';

/** One thing that is asked of a cache source. */
export interface CacheSourceCase {
  /** A sentence of behaviour. */
  readonly title: string;
  readonly run: () => Promise<void>;
}

const LONG = { ttlMs: 3_600_000, leaseMs: 3_600_000, suspensionMs: 3_600_000, jitter: 0 };

/** What every cache source keeps to, for runners of your own; `describeCacheSource` makes tests of it. */
export function cacheSourceCases<Key, Value>(contract: CacheSourceContract<Key, Value>): readonly CacheSourceCase[] {
  const [a, b] = [contract.key(1), contract.key(2)];
  const [one, two] = [contract.value(1), contract.value(2)];

  type Source = CacheSource<Key, Value>;
  const leaseOf = async (source: Source, key: Key): Promise<CacheLease> => {
    const answer = await source.get(key);
    assert.ok(answer.kind === 'miss' && answer.lease !== null, `it answered ${JSON.stringify(answer)}, not a lease`);
    return answer.lease;
  };
  const isMissing = async (source: Source, key: Key, why: string): Promise<void> => {
    const { kind } = await source.get(key);
    assert.equal(kind, 'miss', why);
  };
  const isHeld = async (source: Source, key: Key, why: string): Promise<void> => {
    assert.deepEqual(await source.get(key), { kind: 'miss', lease: null }, why);
  };
  const isThere = async (source: Source, key: Key, value: Value | null): Promise<void> => {
    assert.deepEqual(await source.get(key), { kind: 'hit', value });
  };
  const store = async (source: Source, key: Key, value: Value): Promise<void> => {
    assert.equal(await source.fill(key, await leaseOf(source, key), value), true, 'it did not store');
  };

  const asked = (title: string, run: (source: Source) => Promise<void>, lifetimes: Partial<CacheLifetimes> = {}) => ({
    title,
    run: async () => run(await contract.create({ ...LONG, ...lifetimes })),
  });

  return [
    asked('has what was stored, and nothing of other keys', async (source) => {
      await store(source, a, one);
      await isThere(source, a, one);
      await isMissing(source, b, 'another key had it, too');
      await store(source, b, two);
      await isThere(source, a, one);
      await isThere(source, b, two);
    }),
    asked('tells of many at once what it tells of each, in the order in which they were asked for', async (source) => {
      const c = contract.key(3);
      await store(source, b, two);
      await source.suspend([c]);
      assert.deepEqual(await source.getMany([]), []);
      const [held, missed, there] = await source.getMany([c, a, b]);
      assert.deepEqual(held, { kind: 'miss', lease: null });
      assert.deepEqual(there, { kind: 'hit', value: two });
      assert.deepEqual(missed, { kind: 'miss', lease: await leaseOf(source, a) });
      const [other, again] = await source.getMany([contract.key(4), a, a]);
      assert.notDeepEqual(other, again, 'two keys have one lease');
      assert.ok(again?.kind === 'miss' && again.lease !== null);
      assert.equal(await source.fill(a, again.lease, one), true, 'its lease does not store');
      assert.deepEqual(await source.getMany([b, a]), [there, { kind: 'hit', value: one }]);
    }),
    asked('gives the same lease to all who find nothing, and another one for another key', async (source) => {
      const { token } = await leaseOf(source, a);
      assert.equal((await leaseOf(source, a)).token, token);
      assert.notEqual((await leaseOf(source, b)).token, token);
    }),
    asked('stores once by a lease', async (source) => {
      const lease = await leaseOf(source, a);
      assert.equal(await source.fill(a, lease, one), true);
      assert.equal(await source.fill(a, lease, two), false);
      await isThere(source, a, one);
    }),
    asked('stores nothing by the lease of another key, or by one that it never gave', async (source) => {
      const lease = await leaseOf(source, b);
      await leaseOf(source, a);
      assert.equal(await source.fill(a, lease, one), false);
      assert.equal(await source.fill(a, { token: 'never given' }, one), false);
      await isMissing(source, a, 'it stored');
    }),
    asked(
      'stores nothing by a lease from before an invalidation, also when another one has been given',
      async (source) => {
        const lease = await leaseOf(source, a);
        await source.invalidate([a]);
        assert.equal(await source.fill(a, lease, one), false);
        await leaseOf(source, a);
        assert.equal(await source.fill(a, lease, one), false);
        await isMissing(source, a, 'it stored');
      },
    ),
    asked('removes what is invalidated, and nothing else', async (source) => {
      await store(source, a, one);
      await store(source, b, two);
      await source.invalidate([]);
      await isThere(source, a, one);
      await source.invalidate([a, contract.key(3)]);
      await isMissing(source, a, 'it was still there');
      await isThere(source, b, two);
    }),
    asked('has nothing of a suspended key, and gives no lease for it', async (source) => {
      await store(source, a, one);
      await source.suspend([a]);
      await isHeld(source, a, 'it was not suspended');
      await source.invalidate([a]);
      await isHeld(source, a, 'an invalidation ended the suspension');
      await leaseOf(source, b);
    }),
    asked('stores nothing by a lease from before a suspension, neither during it nor after it', async (source) => {
      const lease = await leaseOf(source, a);
      const suspension = await source.suspend([a]);
      assert.equal(await source.fill(a, lease, one), false);
      await suspension.resume();
      assert.equal(await source.fill(a, lease, one), false);
      await isMissing(source, a, 'it stored');
    }),
    asked('gives leases again when the last suspension of a key has ended', async (source) => {
      const first = await source.suspend([a, b]);
      const second = await source.suspend([a]);
      await first.resume();
      await isHeld(source, a, 'one ended the suspension of the other');
      await leaseOf(source, b);
      await first.resume();
      await isHeld(source, a, 'ending one twice ended the other');
      await second.resume();
      await store(source, a, one);
    }),
    asked(
      'invalidates when a suspension is ended, also one that had ended by itself',
      async (source) => {
        const suspension = await source.suspend([a]);
        await contract.pass(60);
        await store(source, a, one);
        const lease = await leaseOf(source, b);
        await suspension.resume();
        await isMissing(source, a, 'what was stored meanwhile is still there');
        assert.equal(await source.fill(b, lease, two), true, 'it ended the lease of another key');
      },
      { suspensionMs: 40 },
    ),
    asked(
      'lets a value end by itself',
      async (source) => {
        await store(source, a, one);
        await contract.pass(60);
        await isMissing(source, a, 'it lived on');
      },
      { ttlMs: 40 },
    ),
    asked(
      'stores nothing by a lease that is too old',
      async (source) => {
        const lease = await leaseOf(source, a);
        await contract.pass(60);
        assert.equal(await source.fill(a, lease, one), false, 'an old lease stored');
      },
      { leaseMs: 40 },
    ),
    asked(
      'lets a suspension end by itself',
      async (source) => {
        await source.suspend([a]);
        await contract.pass(60);
        await store(source, a, one);
      },
      { suspensionMs: 40 },
    ),
    asked(
      'keeps a value past its time as stale, for as long as it is told, and lets it be replaced',
      async (source) => {
        await store(source, a, one);
        await contract.pass(550);
        const answer = await source.get(a);
        assert.ok(answer.kind === 'stale' && answer.lease !== null, `it was ${answer.kind}`);
        assert.deepEqual(answer.value, one);
        const began = performance.now();
        assert.equal(await source.fill(a, answer.lease, two), true);
        const replaced = await source.get(a);
        assert.ok(replaced.kind === 'hit' || replaced.kind === 'stale', `it was ${replaced.kind}`);
        assert.deepEqual(replaced.value, two);
        // On a busy machine its time may be over again.
        if (performance.now() - began < 500) assert.equal(replaced.kind, 'hit');
      },
      { ttlMs: 500, staleMs: 3_600_000 },
    ),
    asked(
      'remembers what is not there for the time that it is given for that',
      async (source) => {
        assert.equal(await source.fill(a, await leaseOf(source, a), null), true);
        await isThere(source, a, null);
        await source.invalidate([a]);
        await isMissing(source, a, 'it was still known not to be there');
      },
      { negativeTtlMs: 3_600_000, staleMs: 3_600_000 },
    ),
    asked(
      'does not remember it where it is given no time, and has no older value then',
      async (source) => {
        await store(source, a, one);
        await contract.pass(550);
        const { lease } = (await source.get(a)) as { readonly lease: CacheLease };
        assert.equal(await source.fill(a, lease, null), false);
        await isMissing(source, a, 'it had something');
      },
      { ttlMs: 500, staleMs: 3_600_000 },
    ),
  ];
}
