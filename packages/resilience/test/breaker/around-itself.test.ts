import { describe, expect, it } from '@jest/globals';
import { CircuitBreakerPolicy, Resilience } from '@holdfast/resilience';
import { transient } from '../failing-work.js';
import { ManualClock } from '../manual-clock.js';

function layers(): {
  clock: ManualClock;
  breaker: CircuitBreakerPolicy;
  call(work: () => Promise<number>): Promise<number>;
} {
  const clock = new ManualClock();
  const breaker = new CircuitBreakerPolicy({ opensAfter: { consecutiveFailures: 2 }, openMs: 1000, clock });
  const [repository, source] = [new Resilience({ policies: [breaker] }), new Resilience({ policies: [breaker] })];
  return { clock, breaker, call: (work) => repository.execute('get', () => source.execute('get', work)) };
}

const failing = (): Promise<never> => Promise.reject(transient());

describe('a circuit breaker around itself, in two layers', () => {
  it('tries a call with all that is inside of it', async () => {
    const { clock, breaker, call } = layers();
    // It counts in each layer.
    await expect(call(failing)).rejects.toThrow('Try again.');
    expect(breaker.state).toBe('open');
    clock.advance(1000);

    expect(await call(async () => 1)).toBe(1);
    expect(breaker.state).toBe('closed');
  });

  it('opens again where the trial fails inside', async () => {
    const { clock, breaker, call } = layers();
    // It counts in each layer.
    await expect(call(failing)).rejects.toThrow('Try again.');
    expect(breaker.state).toBe('open');
    clock.advance(1000);

    await expect(call(failing)).rejects.toThrow('Try again.');
    expect(breaker.state).toBe('open');
  });
});
