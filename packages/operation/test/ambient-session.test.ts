import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { ambientSession, isWithinSessionOf, withinAmbientSession } from '../src/index.js';

describe('the ambient session', () => {
  it('is none unless one is open', () => expect(ambientSession()).toBeNull());

  it('is there for the work and what it awaits, and gone after it', async () => {
    const session = {};
    const seen: unknown[] = [];

    const result = await withinAmbientSession(session, async () => {
      seen.push(ambientSession());
      await delay(1);
      seen.push(ambientSession());
      await Promise.all([1, 2].map(async () => seen.push(await Promise.resolve().then(ambientSession))));
      return 'done';
    });

    expect(result).toBe('done');
    expect(seen).toEqual([session, session, session, session]);
    expect(seen.every((one) => one === session)).toBe(true);
    expect(ambientSession()).toBeNull();
  });

  it('is the innermost of nested ones, and the outer one again after it', () => {
    const outer = { name: 'outer' };
    const inner = { name: 'inner' };
    withinAmbientSession(outer, () => {
      expect(withinAmbientSession(inner, ambientSession)).toBe(inner);
      expect(ambientSession()).toBe(outer);
    });
  });

  it('is not that of work beside it', async () => {
    const gate = new EventEmitter();
    const opened = once(gate, 'open');
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    const both = [a, b].map((session) =>
      withinAmbientSession(session, async () => {
        await opened;
        return ambientSession();
      }),
    );
    gate.emit('open');
    expect(await Promise.all(both)).toEqual([a, b]);
    expect(ambientSession()).toBeNull();
  });

  it('ends with work that throws', () => {
    expect(() =>
      withinAmbientSession({}, () => {
        throw new Error('x');
      }),
    ).toThrow('x');
    expect(ambientSession()).toBeNull();
  });

  it('is not that of what outlives it, be it an outer one', async () => {
    const outer = { name: 'outer' };
    const timer = new EventEmitter();
    const seen: (object | null)[] = [];

    await withinAmbientSession(outer, async () => {
      await withinAmbientSession({ name: 'inner' }, () => {
        for (const event of ['inner ended', 'both ended'])
          void once(timer, event).then(() => seen.push(ambientSession()));
        return Promise.resolve();
      });
      timer.emit('inner ended');
      await Promise.resolve();
    });
    timer.emit('both ended');
    await delay(0);

    expect(seen).toEqual([outer, null]);
    expect(seen[0]).toBe(outer);
  });

  it('is one of those that the code is in, through others inside of it', () => {
    const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    const inside = withinAmbientSession(a, () =>
      withinAmbientSession(b, () => [a, b, c].map((each) => isWithinSessionOf(new Set([each])))),
    );

    expect(inside).toEqual([true, true, false]);
    expect(isWithinSessionOf(new Set([a, b, c]))).toBe(false);
  });
});
