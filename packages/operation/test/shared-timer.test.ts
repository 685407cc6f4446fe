import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../src/index.js';

/** Whole milliseconds, which share a timer; each test has its own. */
describe('timers of the same time', () => {
  it('fire in the order in which they were started, none before its time', async () => {
    const fired: [number, number][] = [];
    const start = (index: number): Promise<void> => {
      const begin = systemClock.now();
      return new Promise((resolve) => {
        systemClock.after(71, () => {
          fired.push([index, systemClock.now() - begin]);
          resolve();
        });
      });
    };

    const first = start(0);
    await systemClock.sleep(30);
    await Promise.all([first, start(1), start(2)]);

    expect(fired.map(([index]) => index)).toEqual([0, 1, 2]);
    for (const [, tookMs] of fired) expect(tookMs).toBeGreaterThanOrEqual(70);
  });

  it('do not fire once they are taken back, whoever waits before and behind them', async () => {
    const fired: string[] = [];
    const last = new Promise<void>((resolve) => {
      const takeBack = ['a', 'b', 'c', 'd'].map((name) => systemClock.after(31, () => fired.push(name)));
      systemClock.after(31, resolve);
      takeBack[0]!();
      takeBack[2]!();
      takeBack[2]!();
    });
    await last;

    expect(fired).toEqual(['b', 'd']);
  });

  it('may be taken back by one that fires, or start another', async () => {
    const fired: string[] = [];
    await new Promise<void>((resolve) => {
      let takeBack = (): void => {};
      systemClock.after(23, () => {
        fired.push('first');
        takeBack();
        systemClock.after(23, resolve);
      });
      takeBack = systemClock.after(23, () => fired.push('second'));
    });

    expect(fired).toEqual(['first']);
  });

  it('fire in no context of whoever started the first of them', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen = await storage.run('mine', () => {
      return new Promise((resolve) => systemClock.after(29, () => resolve(storage.getStore())));
    });

    expect(seen).toBe(undefined);
  });

  it('are those of fake timers while there are any, and real ones before and after', async () => {
    const wait = (): Promise<void> => new Promise((resolve) => systemClock.after(37, resolve));
    await wait();
    jest.useFakeTimers();
    try {
      const waiting = wait();
      await jest.advanceTimersByTimeAsync(60);
      await waiting;
      void wait();
    } finally {
      jest.useRealTimers();
    }
    await wait();
  });

  it('hold no process for long in which nobody waits', async () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    systemClock.after(3_600_000, () => {})();
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBeLessThanOrEqual(before);
  });
});
