import { describe, expect, it } from '@jest/globals';
import { failingWork } from '../failing-work.js';
import { Breaking } from './breaking.js';

describe('isolating a circuit', () => {
  it('rejects all calls until it is released', async () => {
    const breaking = new Breaking();

    const release = breaking.breaker.isolate();
    breaking.clock.advance(3_600_000);
    expect(breaking.breaker.state).toBe('isolated');
    expect(await breaking.succeed()).toBe('rejected');
    release();

    expect(await breaking.succeed()).toBe('succeeded');
  });

  it('says that it is of no use to come again', async () => {
    const breaking = new Breaking();
    breaking.breaker.isolate();

    const error: unknown = await breaking.resilience.execute('get', failingWork()).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ state: 'isolated', retryAfterMs: null, retryable: false });
  });

  it('lasts until everybody who did it has released it', async () => {
    const breaking = new Breaking();
    const [one, other] = [breaking.breaker.isolate(), breaking.breaker.isolate()];

    one();
    one();
    expect(breaking.breaker.state).toBe('isolated');
    other();

    expect(breaking.breaker.state).toBe('closed');
  });

  it('leaves a closed circuit behind, whatever it was before', async () => {
    const breaking = new Breaking();
    await breaking.open();

    breaking.breaker.isolate()();

    expect(breaking.breaker.state).toBe('closed');
  });

  it('is not ended by a call that began before', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();
    const trial = breaking.begin();

    breaking.breaker.isolate();
    await trial.resolve();

    expect(breaking.breaker.state).toBe('isolated');
  });

  it('is ended by reset, and the old handle is worth nothing then', async () => {
    const breaking = new Breaking();
    const old = breaking.breaker.isolate();

    breaking.breaker.reset();
    expect(breaking.breaker.state).toBe('closed');
    breaking.breaker.isolate()();
    expect(breaking.breaker.state).toBe('closed');
    const release = breaking.breaker.isolate();
    old();
    expect(breaking.breaker.state).toBe('isolated');
    release();

    expect(breaking.breaker.state).toBe('closed');
  });
});

describe('resetting a circuit', () => {
  it('closes it with no memory of failures', async () => {
    const breaking = new Breaking();
    await breaking.open();

    breaking.resilience.reset();
    await breaking.fail(2);

    expect(breaking.breaker.state).toBe('closed');
  });

  it('forgets failures of one that is closed', async () => {
    const breaking = new Breaking();
    await breaking.fail(2);

    breaking.resilience.reset();
    await breaking.fail(2);

    expect(breaking.breaker.state).toBe('closed');
  });

  it('is not undone by calls that began before', async () => {
    const breaking = new Breaking();
    const early = [breaking.begin(), breaking.begin(), breaking.begin()];

    breaking.resilience.reset();
    for (const call of early) await call.reject();

    expect(breaking.breaker.state).toBe('closed');
  });
});
