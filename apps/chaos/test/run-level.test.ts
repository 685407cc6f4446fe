import { describe, expect, it } from '@jest/globals';
import { runLevel } from '../src/run-level.js';

describe('runLevel', () => {
  it.each(['L3', 'naive'] as const)(
    'stores what it acknowledges at %s without faults, and nothing else',
    async (level) => {
      const args = { writes: 120, seed: 1, level, faults: [], keepaliveMs: 0, limitSeconds: 60 };

      const { report, findings } = await runLevel(args, () => {});

      expect(report).toMatchObject({ writes: 120, ambiguous: 0 });
      expect(report.acknowledged).toBeGreaterThan(0);
      expect(report.acknowledged + report.failed).toBe(120);
      expect(findings).toEqual({ duplicates: [], lost: [], failedButCommitted: [], unexplained: [] });
    },
  );

  it('resolves commits whose answers are cut off', async () => {
    const args = {
      writes: 300,
      seed: 1,
      level: 'L1',
      faults: ['cutAfter', 'resetBefore'],
      keepaliveMs: 0,
      limitSeconds: 60,
    } as const;

    const { report } = await runLevel(args, () => {});

    const { cutAfter = 0, resetBefore = 0 } = report.landedFaults;
    expect(report).toMatchObject({ ambiguous: 0, duplicates: 0, lost: 0, failedButCommitted: 0, unexplained: 0 });
    expect(report.acknowledged + report.failed).toBe(300);
    expect(Math.min(cutAfter, resetBefore, report.resolved)).toBeGreaterThan(0);
  });

  it('gives up, aloud, when it takes longer than it may', async () => {
    const args = { writes: 100_000, seed: 1, level: 'L1', faults: [], keepaliveMs: 0, limitSeconds: 1 } as const;

    await expect(runLevel(args, () => {})).rejects.toThrow(
      /^1 s have passed\. Only \d+ of 100000 writes have ended\.$/,
    );
  });
});
