import { describe, it } from '@jest/globals';
import { systemClock } from '@holdfast/operation';
import fc from 'fast-check';
import { MemoryCacheSource } from '../src/index.js';
import { runInterleaving, steps, type World } from './interleavings.js';

describe('entries in memory', () => {
  it('are never older than a write that is over, however reads, writes, crashes and time are mixed', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        let nowMs = 0;
        let token = 0;
        const source = new MemoryCacheSource<string>({
          clock: { ...systemClock, now: () => nowMs },
          random: () => 0.5,
          newToken: () => String((token += 1)),
          lifetimes: { ttlMs: 40, staleMs: 10, leaseMs: 15, suspensionMs: 25 },
        });
        const world: World = {
          source,
          suspensionMs: 25,
          pass: async (ms) => void (nowMs += ms),
          nowMs: () => nowMs,
          forget: async () => source.clear(),
        };
        await runInterleaving(world, all);
      }),
      { numRuns: 500 },
    );
  });
});
