import { describe, expect, it } from '@jest/globals';
import { type Call, type Hold, type Policy, Resilience } from '@holdfast/resilience';

/** A policy that holds something for each call. */
class Holding implements Policy, Hold {
  readonly name = 'holding';
  readonly by = this;
  isOver = false;
  readonly left: Promise<unknown>[] = [];

  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    return next(call.with({ hold: this }));
  }

  extendTo(work: Promise<unknown>): void {
    this.left.push(work);
  }
}

describe('what policies hold for a call', () => {
  it('is known to the call, to what is made of it, and to the calls inside of it', async () => {
    const [outer, inner, other] = [new Holding(), new Holding(), new Holding()];
    const parts = new Resilience({ policies: [inner] });

    const held = new Resilience({ policies: [outer] }).execute('whole', () =>
      parts.execute('part', async (call) =>
        [outer, inner, other].map((policy) => call.with({ attempt: 2 }).isHeldBy(policy)),
      ),
    );

    expect(await held).toEqual([true, true, false]);
  });

  it('is held no longer once it is over', async () => {
    const holding = new Holding();

    await new Resilience({ policies: [holding] }).execute('get', async (call) => {
      holding.isOver = true;
      expect(call.isHeldBy(holding)).toBe(false);
    });
  });

  it('is told of work that goes on though the call is answered, in the stacks around the call, too', async () => {
    const [outer, first, second] = [new Holding(), new Holding(), new Holding()];
    const parts = new Resilience({ policies: [first, second] });
    const work = Promise.resolve();

    await new Resilience({ policies: [outer] }).execute('whole', () =>
      parts.execute('part', async (call) => call.leave(work)),
    );

    expect([outer, first, second].map(({ left }) => left)).toEqual([[work], [work], [work]]);
  });
});
