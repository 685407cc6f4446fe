import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import {
  type AmbientCall,
  ambientCall,
  ambientSession,
  enterCall,
  withinAmbientCall,
  withinAmbientSession,
} from '../src/index.js';

function call(): AmbientCall {
  return {
    signal: null,
    deadline: null,
    isRetried: false,
    committed: () => {},
    isHeard: false,
    tell: () => {},
    hear: () => {},
  };
}

describe('the ambient call', () => {
  it('is none outside of calls', () => expect(ambientCall()).toBe(null));

  it('is that of all that the work awaits, and of nobody beside it', async () => {
    const [one, other] = [call(), call()];
    const seen = async (): Promise<AmbientCall | null> => {
      await new Promise(setImmediate);
      return ambientCall();
    };

    expect(await Promise.all([withinAmbientCall(one, seen), withinAmbientCall(other, seen), seen()])).toEqual([
      one,
      other,
      null,
    ]);
  });

  it('is the innermost one', () => {
    const [outer, inner] = [call(), call()];
    withinAmbientCall(outer, () => {
      withinAmbientCall(inner, () => expect(ambientCall()).toBe(inner));
      expect(ambientCall()).toBe(outer);
    });
  });

  it('is seen through a dbSession inside of it, and a dbSession through a call', () => {
    const [around, dbSession] = [call(), {}];
    withinAmbientCall(around, () => withinAmbientSession(dbSession, () => expect(ambientCall()).toBe(around)));
    withinAmbientSession(dbSession, () => withinAmbientCall(around, () => expect(ambientSession()).toBe(dbSession)));
  });

  it.each([
    ['resolves', async () => 1],
    ['rejects', async () => Promise.reject(new Error('no'))],
  ])('is none for what outlives work that %s, or the one around it', async (_how, end) => {
    const [outer, inner] = [call(), call()];
    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    let late: Promise<AmbientCall | null> | undefined;

    await withinAmbientCall(outer, async () => {
      const ended = withinAmbientCall(inner, async () => {
        late = gate.then(() => ambientCall());
        return end();
      });
      await ended.catch(() => {});
      goOn();
      expect(await late).toBe(outer);
    });
  });

  it('is none once work that returns no promise, or throws, has ended', async () => {
    let late: Promise<AmbientCall | null> | undefined;
    withinAmbientCall(call(), () => void (late = Promise.resolve().then(() => ambientCall())));
    expect(await late).toBe(null);

    const failing = (): never => {
      late = Promise.resolve().then(() => ambientCall());
      throw new Error('no');
    };
    expect(() => withinAmbientCall(call(), failing)).toThrow('no');
    expect(await late).toBe(null);
  });

  it('is that of work which somebody enters, until they close it', async () => {
    const around = call();
    const entered = enterCall(around);
    let late: Promise<AmbientCall | null> | undefined;
    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));

    const seen = entered.enter((word) => {
      late = gate.then(() => ambientCall());
      return [word, ambientCall()];
    }, 'given');
    expect(seen).toEqual(['given', around]);
    expect(ambientCall()).toBe(null);

    entered.close();
    goOn();
    expect(await late).toBe(null);
  });

  it('keeps neither the calls nor the chain of those that began one another', async () => {
    const kept: WeakRef<object>[] = [];
    const next = (left: number): Promise<void> => {
      const one = { ...call(), ballast: {} };
      kept.push(new WeakRef(one.ballast));
      return new Promise((resolve) => {
        void withinAmbientCall(one, async () => {
          setImmediate(() => resolve(left === 0 ? undefined : next(left - 1)));
        });
      });
    };

    await next(50);
    await new Promise(setImmediate);
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();

    expect(kept.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(3);
  });
});
