import { getEventListeners } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../src/index.js';

const hours = 3_600_000;

describe('the clock of the system', () => {
  it('never runs backward', () => {
    const before = systemClock.now();
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  });

  it('sleeps no shorter than it is told', async () => {
    const before = systemClock.now();
    await systemClock.sleep(20);
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(19); // timers count whole milliseconds
  });

  it.each([hours, 2 ** 31, 1e12, Infinity])(
    'wakes from a sleep of %d ms when the signal aborts, with its reason',
    async (ms) => {
      const controller = new AbortController();
      const reason = new Error('enough');
      let isOver = false;
      const sleep = systemClock.sleep(ms, controller.signal).finally(() => (isOver = true));
      await systemClock.sleep(20);
      expect(isOver).toBe(false);

      controller.abort(reason);

      await expect(sleep).rejects.toBe(reason);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    },
  );

  it('does not begin to sleep when the signal has aborted', async () => {
    await expect(systemClock.sleep(hours, AbortSignal.abort('enough'))).rejects.toBe('enough');
  });

  it('leaves nothing on the signal after a sleep', async () => {
    const { signal } = new AbortController();
    await systemClock.sleep(1, signal);
    await systemClock.sleep(1, null);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('rings no sooner than it is told', async () => {
    const before = systemClock.now();
    await new Promise<void>((resolve) => systemClock.after(20, { ring: resolve }));
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(19);
  });

  it.each([1, hours, 2 ** 31, 1e12, Infinity])('does not ring after %d ms where that is stopped', async (ms) => {
    let calls = 0;
    const timer = systemClock.after(ms, { ring: () => (calls += 1) });
    timer.stop();
    await systemClock.sleep(20);
    expect(calls).toBe(0);
  });

  it.each([2 ** 31, 1e12, Infinity])('does not take %d ms for a moment', async (ms) => {
    let calls = 0;
    const timer = systemClock.after(ms, { ring: () => (calls += 1) });
    await systemClock.sleep(20);
    timer.stop();
    expect(calls).toBe(0);
  });

  it('has one listener on a signal, however many sleep by it', async () => {
    const controller = new AbortController();
    const sleeping = Array.from({ length: 20 }, () => systemClock.sleep(hours, controller.signal).catch(() => 'awake'));

    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort();
    expect(await Promise.all(sleeping)).toEqual(Array(20).fill('awake'));
  });

  it('goes along with fake timers', async () => {
    jest.useFakeTimers();
    try {
      const before = systemClock.now();
      const asleep = systemClock.sleep(hours);
      await jest.advanceTimersByTimeAsync(hours);
      await asleep;
      expect(systemClock.now() - before).toBe(hours);
    } finally {
      jest.useRealTimers();
    }
  });
});
