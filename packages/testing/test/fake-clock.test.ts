import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@holdfast/testing';

describe('FakeClock', () => {
  it('stands still until it is advanced', async () => {
    const clock = new FakeClock();
    expect(clock.now()).toBe(0);

    await clock.advance(250);

    expect(clock.now()).toBe(250);
  });

  it('wakes sleepers in the order of their times, at their times', async () => {
    const clock = new FakeClock();
    const woken: [string, number][] = [];
    const sleep = (name: string, ms: number) => clock.sleep(ms).then(() => woken.push([name, clock.now()]));
    void sleep('late', 30);
    void sleep('early', 10);
    void sleep('not yet', 51);

    await clock.advance(50);

    expect(woken).toEqual([
      ['early', 10],
      ['late', 30],
    ]);
    expect(clock.sleeping).toBe(1);
  });

  it('wakes whoever sleeps again within the same advance', async () => {
    const clock = new FakeClock();
    const times: number[] = [];
    const loop = async (): Promise<void> => {
      for (let i = 0; i < 3; i += 1) {
        await clock.sleep(10);
        times.push(clock.now());
      }
    };
    const done = loop();

    await clock.advance(100);
    await done;

    expect(times).toEqual([10, 20, 30]);
    expect(clock.now()).toBe(100);
  });

  it('rejects a sleep with the reason of its signal, before and while it lasts', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const asleep = clock.sleep(10, controller.signal);

    controller.abort(new Error('enough'));

    await expect(asleep).rejects.toThrow('enough');
    await expect(clock.sleep(10, controller.signal)).rejects.toThrow('enough');
    expect(clock.sleeping).toBe(0);
  });

  it('tells when somebody sleeps', async () => {
    const clock = new FakeClock();
    const two = clock.whenSleeping(2);
    void clock.sleep(5);
    await clock.whenSleeping();
    expect(clock.sleeping).toBe(1);

    void clock.sleep(5);

    await two;
    expect(clock.sleeping).toBe(2);
  });

  it('fires timers and wakes sleepers in the order of their times, and no timer that was stopped', async () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    clock.after(30, { ring: () => seen.push(`late at ${clock.now()}`) });
    clock.after(10, { ring: () => seen.push(`early at ${clock.now()}`) });
    const timer = clock.after(20, { ring: () => seen.push('never') });
    void clock.sleep(20).then(() => seen.push(`awake at ${clock.now()}`));
    timer.stop();

    await clock.advance(40);

    expect(seen).toEqual(['early at 10', 'awake at 20', 'late at 30']);
    expect(clock.sleeping).toBe(0);
  });
});
