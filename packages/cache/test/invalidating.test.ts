import { describe, expect, it } from '@jest/globals';
import { errorCode, HoldfastError, type Outcome } from '@holdfast/errors';
import { withinAmbientSession } from '@holdfast/operation';
import { invalidating, MemoryCacheSource } from '../src/index.js';
import { ManualClock } from './manual-clock.js';

const clock = new ManualClock();

async function filled(): Promise<MemoryCacheSource<string>> {
  const cache = new MemoryCacheSource<string>({ clock, lifetimes: { ttlMs: 60_000, suspensionMs: 1_000 } });
  const answer = await cache.get('a');
  await cache.fill('a', (answer as { lease: { token: string } }).lease, 'old');
  return cache;
}
const failure = (outcome: Outcome): Error =>
  new HoldfastError({ code: errorCode('database', 'update', 'unavailable'), message: 'It failed.', outcome });
const isSuspended = async (cache: MemoryCacheSource<string>): Promise<boolean> => {
  const answer = await cache.get('a');
  return answer.kind === 'miss' && answer.lease === null;
};

describe('invalidating', () => {
  it('returns what the write did, with the entry gone and free to be stored', async () => {
    const cache = await filled();
    const seen: string[] = [];
    const result = await invalidating(cache, ['a'], async () => {
      seen.push((await isSuspended(cache)) ? 'suspended' : 'not suspended');
      return 7;
    });

    expect([result, seen, await isSuspended(cache)]).toEqual([7, ['suspended'], false]);
    expect((await cache.get('a')).kind).toBe('miss');
  });

  it.each([
    ['that was not committed', failure('not-committed'), false],
    ['that was committed', failure('committed'), false],
    ['of which that is not known', failure('unknown'), true],
    ['that fails for a reason of somebody else', new Error('of who knows whom'), true],
  ])('of a write %s leaves the entry gone', async (_what, error, expected) => {
    const cache = await filled();
    await expect(invalidating(cache, ['a'], () => Promise.reject(error))).rejects.toBe(error);

    expect(await isSuspended(cache)).toBe(expected);
    expect((await cache.get('a')).kind).toBe('miss');
    await clock.advance(1_000);
    expect(await isSuspended(cache)).toBe(false);
  });

  it.each(['afterCommit', 'afterRollback'] as const)('waits for the end of an open dbSession: %s', async (end) => {
    const cache = await filled();
    const hooks = { afterCommit: [] as Hook[], afterRollback: [] as Hook[] };
    const dbSession = {
      afterCommit: (work: Hook) => void hooks.afterCommit.push(work),
      afterRollback: (work: Hook) => void hooks.afterRollback.push(work),
    };
    await withinAmbientSession(dbSession, () => invalidating(cache, ['a'], async () => 'written'));
    expect(await isSuspended(cache)).toBe(true);
    await Promise.all(hooks[end].map((hook) => hook()));

    expect([hooks[end].length, await isSuspended(cache)]).toEqual([1, false]);
  });

  it('leaves the suspension to end by itself in a dbSession of which nothing is heard', async () => {
    const cache = await filled();
    await withinAmbientSession({}, () => invalidating(cache, ['a'], async () => 'written'));

    expect(await isSuspended(cache)).toBe(true);
  });
});

type Hook = () => Promise<void>;
