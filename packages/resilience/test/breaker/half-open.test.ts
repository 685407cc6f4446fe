import { describe, expect, it, jest } from '@jest/globals';
import { EntityNotFound, Misuse } from '@holdfast/errors';
import { CircuitOpen } from '@holdfast/resilience';
import { failingWork } from '../failing-work.js';
import { Breaking } from './breaking.js';

describe('a half-open circuit', () => {
  it('closes when a trial succeeds', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();

    await breaking.succeed();

    expect(breaking.breaker.state).toBe('closed');
  });

  it('has forgotten earlier failures when it closes', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();
    await breaking.succeed();

    await breaking.fail(2);

    expect(breaking.breaker.state).toBe('closed');
  });

  it('opens again when a trial fails, for the whole time', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();
    breaking.clock.advance(5000);

    await breaking.fail();

    breaking.clock.advance(999);
    expect(breaking.breaker.state).toBe('open');
    breaking.clock.advance(1);
    expect(breaking.breaker.state).toBe('half-open');
  });

  it('closes only when as many trials have succeeded as it was told', async () => {
    const breaking = new Breaking({ successesToClose: 3 });
    await breaking.halfOpen();

    await breaking.succeed();
    await breaking.succeed();
    expect(breaking.breaker.state).toBe('half-open');
    await breaking.succeed();

    expect(breaking.breaker.state).toBe('closed');
  });

  it('opens again at the first trial that fails, whatever succeeded before', async () => {
    const breaking = new Breaking({ successesToClose: 3 });
    await breaking.halfOpen();

    await breaking.succeed();
    await breaking.succeed();
    await breaking.fail();

    expect(breaking.breaker.state).toBe('open');
  });
});

describe('a circuit that is half-open again', () => {
  it('begins to count its trials anew', async () => {
    const breaking = new Breaking({ successesToClose: 2 });
    await breaking.halfOpen();
    await breaking.succeed();
    await breaking.fail();
    breaking.clock.advance(1000);

    await breaking.succeed();
    expect(breaking.breaker.state).toBe('half-open');
    await breaking.succeed();

    expect(breaking.breaker.state).toBe('closed');
  });

  it('does not wait for trials of the time before', async () => {
    const breaking = new Breaking({ halfOpenTrials: 2 });
    await breaking.halfOpen();
    breaking.begin();
    await breaking.fail();
    breaking.clock.advance(1000);

    breaking.begin();
    breaking.begin();

    expect(await breaking.succeed()).toBe('rejected');
  });
});

describe('the trials of a half-open circuit', () => {
  it('are no more at the same time than it was told, and the others are rejected at once, not queued', async () => {
    const breaking = new Breaking({ halfOpenTrials: 2 });
    await breaking.halfOpen();
    const first = breaking.begin();
    breaking.begin();

    const others = await Promise.all(Array.from({ length: 20 }, () => breaking.succeed()));

    expect(new Set(others)).toEqual(new Set(['rejected']));
    await first.resolve();
    expect(breaking.breaker.state).toBe('closed');
  });

  it('tell those that are rejected that others are being tried', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();
    breaking.begin();

    const error: unknown = await breaking.resilience.execute('get', failingWork()).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(CircuitOpen);
    expect(error).toMatchObject({ state: 'half-open', retryAfterMs: 0, retryable: true });
  });

  it('do not decide anything when they end after another one has', async () => {
    const breaking = new Breaking({ halfOpenTrials: 2 });
    await breaking.halfOpen();
    const [failing, late] = [breaking.begin(), breaking.begin()];

    await failing.reject();
    await late.resolve();

    expect(breaking.breaker.state).toBe('open');
  });

  it('that the caller ends make room for another one, and neither close nor open it', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();
    const controller = new AbortController();
    const trial = breaking.begin(controller.signal);

    controller.abort();
    await trial.reject(controller.signal.reason);

    expect(breaking.breaker.state).toBe('half-open');
    expect(await breaking.succeed()).toBe('succeeded');
    expect(breaking.breaker.state).toBe('closed');
  });

  it('that end with a fault of the program make room for another one, however many they are', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();

    await breaking.fail(20, () => new TypeError('A fault.'));
    await breaking.fail(20, () => new Misuse('Another one.'));

    expect(breaking.breaker.state).toBe('half-open');
    expect(await breaking.succeed()).toBe('succeeded');
  });

  it('that end with a business error close it, since somebody has answered', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();

    await breaking.fail(1, () => new EntityNotFound('user'));

    expect(breaking.breaker.state).toBe('closed');
  });

  it('that begin with a signal which has aborted already make room for another one', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();

    const aborted = breaking.resilience.execute('get', failingWork(), { signal: AbortSignal.abort() });

    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect(await breaking.succeed()).toBe('succeeded');
  });

  it('make room for another one where the rules throw', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    let rulesFail = false;
    const countsAsFailure = (): boolean => {
      if (rulesFail) throw new RangeError('A fault of the rules.');
      return true;
    };
    const breaking = new Breaking({ countsAsFailure });
    await breaking.halfOpen();
    rulesFail = true;

    await expect(breaking.resilience.execute('get', failingWork('Any.'))).rejects.toBe('Any.');

    expect(await breaking.succeed()).toBe('succeeded');
    warnings.mockRestore();
  });

  it('that never end make room for another one after a while', async () => {
    const breaking = new Breaking({ trialLimitMs: 400 });
    await breaking.halfOpen();
    breaking.begin();

    breaking.clock.advance(399);
    expect(await breaking.succeed()).toBe('rejected');
    breaking.clock.advance(1);
    expect(await breaking.succeed()).toBe('succeeded');

    expect(breaking.breaker.state).toBe('closed');
  });

  it('still count where they end after that while', async () => {
    const breaking = new Breaking({ trialLimitMs: 400, successesToClose: 2 });
    await breaking.halfOpen();
    const slow = breaking.begin();
    breaking.clock.advance(400);

    await breaking.succeed();
    expect(breaking.breaker.state).toBe('half-open');
    await slow.resolve();

    expect(breaking.breaker.state).toBe('closed');
  });

  it('give no room back twice', async () => {
    const breaking = new Breaking({ trialLimitMs: 400, successesToClose: 9 });
    await breaking.halfOpen();
    const slow = breaking.begin();
    breaking.clock.advance(400);
    breaking.begin();

    await slow.resolve();

    expect(await breaking.succeed()).toBe('rejected');
  });
});

describe('a call that began before the circuit opened', () => {
  it('does not close a half-open circuit by its success', async () => {
    const breaking = new Breaking();
    const early = breaking.begin();
    await breaking.halfOpen();
    const trial = breaking.begin();

    await early.resolve();
    expect(breaking.breaker.state).toBe('half-open');

    await trial.reject();
    expect(breaking.breaker.state).toBe('open');
  });

  it('does not open a half-open circuit by its failure', async () => {
    const breaking = new Breaking();
    const early = breaking.begin();
    await breaking.halfOpen();
    breaking.begin();

    await early.reject();

    expect(breaking.breaker.state).toBe('half-open');
  });

  it('does not take the place of a trial away when it ends', async () => {
    const breaking = new Breaking();
    const early = breaking.begin();
    await breaking.halfOpen();
    breaking.begin();

    await early.reject();

    expect(await breaking.succeed()).toBe('rejected');
  });

  it('is not counted after the circuit has closed again', async () => {
    const breaking = new Breaking();
    const early = [breaking.begin(), breaking.begin(), breaking.begin()];
    await breaking.halfOpen();
    await breaking.succeed();

    for (const call of early) await call.reject();

    expect(breaking.breaker.state).toBe('closed');
  });
});
