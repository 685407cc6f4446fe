import { describe, expect, it } from '@jest/globals';
import { withinAmbientSession } from '@holdfast/operation';
import { CircuitOpen } from '@holdfast/resilience';
import { failingWork, transient } from '../failing-work.js';
import { Breaking } from './breaking.js';

describe('a closed circuit', () => {
  it('opens after so many failures in a row', async () => {
    const breaking = new Breaking();

    await breaking.fail(2);
    expect(breaking.breaker.state).toBe('closed');
    await breaking.fail();

    expect(breaking.breaker.state).toBe('open');
  });

  it('begins to count again after a success', async () => {
    const breaking = new Breaking();

    await breaking.fail(2);
    await breaking.succeed();
    await breaking.fail(2);

    expect(breaking.breaker.state).toBe('closed');
  });

  it('lets the failure through as it is', async () => {
    const { resilience } = new Breaking();
    const error = transient();

    await expect(resilience.execute('get', failingWork(error))).rejects.toBe(error);
  });

  it('opens once where many calls under way fail at the same time', async () => {
    const breaking = new Breaking();
    const calls = Array.from({ length: 10 }, () => breaking.begin());

    for (const call of calls) {
      breaking.clock.advance(100);
      await call.reject();
    }

    // Three were enough, at 300 ms; those after that do not prolong it.
    breaking.clock.nowMs = 1299;
    expect(breaking.breaker.state).toBe('open');
    breaking.clock.nowMs = 1300;
    expect(breaking.breaker.state).toBe('half-open');
  });
});

describe('an open circuit', () => {
  it('rejects at once and does not do the work', async () => {
    const breaking = new Breaking();
    await breaking.open();
    const work = failingWork();

    await expect(breaking.resilience.execute('get', work)).rejects.toThrow(CircuitOpen);
    expect(work.calls).toBe(0);
  });

  it('says what opened it, for how long, and that nothing was stored', async () => {
    const breaking = new Breaking({ label: 'main database' });
    const last = transient('the last one');
    await breaking.fail(2);
    await breaking.fail(1, () => last);
    breaking.clock.advance(300);

    const error: unknown = await breaking.resilience.execute('get', failingWork()).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(CircuitOpen);
    expect(error).toMatchObject({
      code: 'backendai_generic_unavailable',
      httpStatus: 503,
      outcome: 'not-committed',
      retryable: true,
      breaker: 'main database',
      state: 'open',
      retryAfterMs: 700,
      cause: last,
    });
  });

  it('gives each caller an error object of its own', async () => {
    const breaking = new Breaking();
    await breaking.open();
    const rejected = (): Promise<unknown> => breaking.resilience.execute('get', failingWork()).catch((error) => error);

    expect(await rejected()).not.toBe(await rejected());
  });

  it('takes no stack for a rejection, and leaves those of other errors alone', async () => {
    const breaking = new Breaking();
    await breaking.open();

    const error: unknown = await breaking.resilience.execute('get', failingWork()).catch((reason: unknown) => reason);

    expect((error as Error).stack).not.toContain('    at ');
    expect(new Error('Another one.').stack).toContain('    at ');
  });

  it('needs no timer: it is half-open as soon as a call would be tried', async () => {
    const breaking = new Breaking();
    await breaking.open();

    breaking.clock.advance(999);
    expect(breaking.breaker.state).toBe('open');
    breaking.clock.advance(1);

    expect(breaking.breaker.state).toBe('half-open');
    expect(breaking.clock.waiting).toBe(0);
  });
});

describe('inside an open dbSession', () => {
  it('a circuit breaker lets the call pass, since its transaction has a connection already', async () => {
    const breaking = new Breaking();
    await breaking.open();

    const whole = withinAmbientSession({}, () => breaking.resilience.execute('part', failingWork()));

    expect(await whole).toBe(1);
  });

  it('a circuit breaker counts nothing: the call around the dbSession does', async () => {
    const breaking = new Breaking();

    await withinAmbientSession({}, () => breaking.fail(5));

    expect(breaking.breaker.state).toBe('closed');
  });
});
