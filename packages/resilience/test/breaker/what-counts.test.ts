import { describe, expect, it, jest } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound, errorCode, HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import {
  BulkheadFull,
  BulkheadPolicy,
  CircuitOpen,
  isAnswer,
  isOutage,
  type Policy,
  Resilience,
  TimeoutPolicy,
} from '@holdfast/resilience';
import { transient } from '../failing-work.js';
import type { ManualClock } from '../manual-clock.js';
import { Breaking } from './breaking.js';

interface DatabaseFacts {
  readonly sqlState?: string | null;
  readonly isOverload?: boolean;
  readonly retryable?: boolean;
}

/** An error as the database package makes them, which is not known here. */
function databaseError(detail: string, { retryable = false, ...facts }: DatabaseFacts = {}): HoldfastError {
  const code = errorCode('database', 'generic', detail);
  const error = new HoldfastError({ code, message: 'Of the database.', retryable });
  return Object.assign(error, { sqlState: null, isOverload: false, ...facts });
}

function foreign(name: string, code: string): Error {
  return Object.assign(new Error('Foreign.'), { name, code });
}

const open = { breaker: 'inner', state: 'open', retryAfterMs: 1 } as const;

describe('by default a circuit breaker counts as failure', () => {
  it.each([
    ['a database that cannot be reached', databaseError('unavailable', { retryable: true })],
    ['too_many_connections', databaseError('unavailable', { sqlState: '53300', isOverload: true, retryable: true })],
    ['a connection that was lost', databaseError('unreachable', { sqlState: '57P01' })],
    ['a statement that took too long', databaseError('timeout', { sqlState: '57014' })],
    ['a task that took too long', databaseError('task-timeout')],
    ['a write whose answer was lost', databaseError('unknown-outcome')],
    [
      'a standby where the server for writes should be',
      databaseError('unavailable', { sqlState: '25006', retryable: true }),
    ],
    ['a foreign TimeoutError', new DOMException('Late.', 'TimeoutError')],
    ['a connection that Node could not make', foreign('Error', 'ECONNREFUSED')],
    ['the same below fetch', new TypeError('fetch failed', { cause: foreign('Error', 'ECONNRESET') })],
  ])('%s', async (_, error) => {
    const breaking = new Breaking();

    await breaking.fail(3, () => error);

    expect(isOutage(error)).toBe(true);
    expect(breaking.breaker.state).toBe('open');
  });
});

describe('by default a circuit breaker does not count as failure', () => {
  it.each([
    ['a row that is not there', new EntityNotFound('user')],
    ['a row that is there already', new EntityAlreadyExists('user')],
    ['an input that was refused', new InvalidInput('INVALID_ID', 'No.', '/id')],
    ['a misuse', new Misuse('No.')],
    ['a serialization failure', databaseError('conflict', { sqlState: '40001', retryable: true })],
    ['a deadlock', databaseError('conflict', { sqlState: '40P01', retryable: true })],
    ['a lock that is held', databaseError('conflict', { sqlState: '55P03', retryable: true })],
    ['a pool without a free connection', databaseError('unavailable', { isOverload: true })],
    ['a deadline that passed while that was waited for', databaseError('timeout', { isOverload: true })],
    ['another circuit that is open', new CircuitOpen(open)],
    ['a write in a transaction that only reads', databaseError('unavailable', { sqlState: '25006' })],
    ['an abort', new DOMException('Never mind.', 'AbortError')],
    ['a fault of the program', new TypeError('A fault.')],
    ['a foreign error that says nothing', new Error('Something.')],
    ['what is no error', 'a text'],
    ['nothing at all', undefined],
  ])('%s', async (_, error) => {
    const breaking = new Breaking();

    await breaking.fail(10, () => error);

    expect(isOutage(error)).toBe(false);
    expect(breaking.breaker.state).toBe('closed');
  });
});

describe('a call that is ended by its signal', () => {
  it('is not counted, whatever it ends with', async () => {
    const breaking = new Breaking();

    for (let i = 0; i < 10; i += 1) {
      const controller = new AbortController();
      const call = breaking.begin(controller.signal);
      controller.abort();
      await call.reject(databaseError('timeout', { sqlState: '57014' }));
    }

    expect(breaking.breaker.state).toBe('closed');
  });

  it('is not counted for the reason that its caller gives, whatever that is', async () => {
    const breaking = new Breaking();

    for (const reason of [databaseError('unavailable'), new DOMException('Late.', 'TimeoutError'), transient()]) {
      const controller = new AbortController();
      const call = breaking.begin(controller.signal);
      controller.abort(reason);
      await call.reject(reason);
    }

    expect(breaking.breaker.state).toBe('closed');
  });

  it('counts by its success all the same', async () => {
    const breaking = new Breaking();
    await breaking.fail(2);
    const controller = new AbortController();
    const call = breaking.begin(controller.signal);

    controller.abort();
    await call.resolve();
    await breaking.fail(2);

    expect(breaking.breaker.state).toBe('closed');
  });
});

describe('a call that is ended by its time', () => {
  it('is counted where a TimeoutPolicy inside of the breaker ends it', async () => {
    const { breaker, clock } = new Breaking();
    const timeout = new TimeoutPolicy({ timeoutMs: 50, mode: 'abandon', clock });

    await hang(new Resilience({ policies: [breaker, timeout], clock }), clock);

    expect(breaker.state).toBe('open');
  });

  it('is counted where a TimeoutPolicy around the breaker ends it', async () => {
    const { breaker, clock } = new Breaking();
    const timeout = new TimeoutPolicy({ timeoutMs: 50, clock });

    await hang(new Resilience({ policies: [timeout, breaker], clock }), clock);

    expect(breaker.state).toBe('open');
  });

  it('is not counted where nothing was attempted, since its deadline had passed before', async () => {
    const { breaker, clock } = new Breaking();
    const resilience = new Resilience({ policies: [breaker, new TimeoutPolicy({ timeoutMs: 50, clock })], clock });

    for (let i = 0; i < 5; i += 1) {
      const call = resilience.execute('get', async () => undefined, { deadlineMs: 0 });
      await expect(call).rejects.toMatchObject({ name: 'TimedOut', isOverload: true });
    }

    expect(breaker.state).toBe('closed');
  });

  it.each([
    ['inside of', (breaker: Policy, timeout: Policy) => [breaker, timeout]],
    ['around', (breaker: Policy, timeout: Policy) => [timeout, breaker]],
  ])('is not counted where it waited for a connection, with a TimeoutPolicy %s the breaker', async (_, stack) => {
    const { breaker, clock } = new Breaking();
    const policies = stack(breaker, new TimeoutPolicy({ timeoutMs: 50, clock }));

    await hang(new Resilience({ policies, clock }), clock, databaseError('timeout', { isOverload: true }));

    expect(breaker.state).toBe('closed');
  });

  // As libraries do that know the reason no more.
  const aborted = new DOMException('Aborted.', 'AbortError');

  async function hang(resilience: Resilience, clock: ManualClock, error: Error = aborted): Promise<void> {
    for (let i = 0; i < 3; i += 1) {
      const call = resilience.execute(
        'get',
        ({ signal }) =>
          new Promise((_, reject) => {
            signal!.addEventListener('abort', () => reject(error));
          }),
      );
      clock.advance(50);
      await expect(call).rejects.toMatchObject({ name: 'TimedOut' });
    }
  }
});

describe('what has no room in a bulkhead', () => {
  it('is not counted where the bulkhead is inside of the breaker', async () => {
    const { breaker, clock } = new Breaking();
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 0, clock });
    const resilience = new Resilience({ policies: [breaker, bulkhead], clock });
    let end = (): void => undefined;
    const running = resilience.execute('get', () => new Promise<void>((resolve) => (end = resolve)));

    const others = Array.from({ length: 10 }, () => resilience.execute('get', async () => undefined));

    for (const other of others) await expect(other).rejects.toThrow(BulkheadFull);
    expect(breaker.state).toBe('closed');
    end();
    await running;
  });
});

describe('an error that is an answer', () => {
  it.each([
    ['not found', new EntityNotFound('user'), true],
    ['a conflict', databaseError('conflict', { sqlState: '40001' }), true],
    ['an input that was refused before anybody was asked', new InvalidInput('INVALID_ID', 'No.', '/id'), false],
    ['a fault of the program', new TypeError('A fault.'), false],
  ])('is a sign of life: %s', async (_, error, expected) => {
    const breaking = new Breaking();
    await breaking.fail(2);

    await breaking.fail(1, () => error);
    await breaking.fail(1);

    expect(isAnswer(error)).toBe(expected);
    expect(breaking.breaker.state).toBe(expected ? 'closed' : 'open');
  });
});

describe('rules of one’s own', () => {
  it('decide what counts as failure', async () => {
    const breaking = new Breaking({ countsAsFailure: (error) => error instanceof RangeError });

    await breaking.fail(5);
    expect(breaking.breaker.state).toBe('closed');
    await breaking.fail(3, () => new RangeError('Mine.'));

    expect(breaking.breaker.state).toBe('open');
  });

  it('decide what counts as an answer', async () => {
    const breaking = new Breaking({ countsAsAnswer: () => false });
    await breaking.halfOpen();

    await breaking.fail(5, () => new EntityNotFound('user'));

    expect(breaking.breaker.state).toBe('half-open');
  });

  it.each(['countsAsFailure', 'countsAsAnswer'] as const)(
    'that throw leave the caller its own error, do not count, and are told once: %s',
    async (rule) => {
      const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
      const fault = (): never => {
        throw new TypeError('A fault of the rule.');
      };
      const breaking = new Breaking({ label: 'main', countsAsFailure: () => false, [rule]: fault });
      const error = transient();
      const run = (): Promise<unknown> => breaking.resilience.execute('get', () => Promise.reject(error));

      const errors = await Promise.all(Array.from({ length: 5 }, () => run().catch((told: unknown) => told)));

      expect(errors).toEqual(Array(5).fill(error));

      expect(breaking.breaker.state).toBe('closed');
      expect(warnings.mock.calls).toEqual([
        [expect.stringContaining('main'), { code: 'HOLDFAST_BREAKER_RULE_FAILED' }],
      ]);
      warnings.mockRestore();
    },
  );
});
