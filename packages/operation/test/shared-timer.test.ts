import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../src/index.js';

/** Whole milliseconds, which share a timer; each test has its own. */
describe('timers of the same time', () => {
  it('ring in the order in which they were started, none before its time', async () => {
    const fired: [number, number][] = [];
    const start = (index: number): Promise<void> => {
      const begin = systemClock.now();
      return new Promise((resolve) => {
        const ring = (): void => {
          fired.push([index, systemClock.now() - begin]);
          resolve();
        };
        systemClock.after(71, { ring });
      });
    };

    const first = start(0);
    await systemClock.sleep(30);
    await Promise.all([first, start(1), start(2)]);

    expect(fired.map(([index]) => index)).toEqual([0, 1, 2]);
    for (const [, tookMs] of fired) expect(tookMs).toBeGreaterThanOrEqual(70);
  });

  it('do not ring once they are stopped, whoever waits before and behind them', async () => {
    const fired: string[] = [];
    const last = new Promise<void>((resolve) => {
      const timers = ['a', 'b', 'c', 'd'].map((name) => systemClock.after(31, { ring: () => fired.push(name) }));
      systemClock.after(31, { ring: resolve });
      timers[0]!.stop();
      timers[2]!.stop();
      timers[2]!.stop();
    });
    await last;

    expect(fired).toEqual(['b', 'd']);
  });

  it('may be stopped by one that rings, or start another', async () => {
    const fired: string[] = [];
    await new Promise<void>((resolve) => {
      const ring = (): void => {
        fired.push('first');
        first.stop();
        second.stop();
        systemClock.after(23, { ring: resolve });
      };
      const first = systemClock.after(23, { ring });
      const second = systemClock.after(23, { ring: () => fired.push('second') });
    });

    expect(fired).toEqual(['first']);
  });

  it('ring when they are due, where what is left of a time is less than what others have left', async () => {
    const fired: [string, number][] = [];
    const start = (name: string, ms: number): Promise<void> => {
      const begin = systemClock.now();
      return new Promise((resolve) => {
        const ring = (): void => {
          fired.push([name, systemClock.now() - begin - ms]);
          resolve();
        };
        systemClock.after(ms, { ring });
      });
    };

    await Promise.all([start('last', 120.5), start('first', 70.5), start('third', 100.5), start('second', 80.5)]);

    expect(fired.map(([name]) => name)).toEqual(['first', 'second', 'third', 'last']);
    for (const [, lateMs] of fired) expect(lateMs).toBeGreaterThanOrEqual(0);
  });

  it('ring in no context of whoever started the first of them', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen = await storage.run('mine', () => {
      return new Promise((resolve) => systemClock.after(29, { ring: () => resolve(storage.getStore()) }));
    });

    expect(seen).toBe(undefined);
  });

  it('are those of fake timers while there are any, and real ones before and after', async () => {
    const wait = (): Promise<void> => new Promise((resolve) => systemClock.after(37, { ring: resolve }));
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
    systemClock.after(3_600_000, { ring: () => {} }).stop();
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBeLessThanOrEqual(before);
  });
});
