import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EntityNotFound, errorCode, HoldfastError } from '@holdfast/errors';
import { type Alarm, type Clock, observeOperations, type Timer } from '@holdfast/operation';
import { TracingPolicy } from '@holdfast/metrics/opentelemetry';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import {
  type Call,
  CircuitBreakerPolicy,
  CircuitOpen,
  MetricPolicy,
  Resilience,
  RetryPolicy,
  TimedOut,
  TimeoutPolicy,
} from '@holdfast/resilience';
import { SpanStatusCode } from '@opentelemetry/api';
import { Registry } from 'prom-client';
import { RecordedSpans, unset } from './opentelemetry/recorded-spans.js';

const layer = 'user_repository';
const at = `domain="repository",layer="${layer}",operation="get_user"`;

class Unavailable extends HoldfastError {
  constructor() {
    super({ code: errorCode('database', 'access', 'unavailable'), message: 'It is not there.', retryable: true });
  }
}

/** Time passes when somebody sleeps or waits for a timer, and at no other time. */
class EagerClock implements Clock {
  #nowMs = 0;

  now(): number {
    return this.#nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
    signal?.throwIfAborted();
    this.#nowMs += ms;
  }

  after(ms: number, alarm: Alarm): Timer {
    let isStopped = false;
    setImmediate(() => {
      if (isStopped) return;
      this.#nowMs += ms;
      alarm.ring();
    });
    return { stop: () => void (isStopped = true) };
  }
}

/** Work that fails with each of these errors, and then succeeds. */
function failing(...errors: readonly Error[]): () => Promise<string> {
  const left = [...errors];
  return async () => {
    const error = left.shift();
    if (error !== undefined) throw error;
    return 'Ada';
  };
}

const forEver = ({ signal }: Call): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));

describe('one operation', () => {
  let spans: RecordedSpans;
  let register: Registry;
  let observer: PrometheusObserver;
  let breaker: CircuitBreakerPolicy;
  let resilience: Resilience;

  beforeEach(() => {
    const clock = new EagerClock();
    spans = RecordedSpans.register();
    register = new Registry();
    breaker = new CircuitBreakerPolicy({ opensAfter: { consecutiveFailures: 10 }, clock });
    resilience = new Resilience({
      clock,
      policies: [
        new TracingPolicy(),
        new MetricPolicy({ domain: 'repository', layer, clock }),
        new RetryPolicy({ maxRetries: 3, retryDelayMs: 100, jitter: 'none', clock }),
        breaker,
        new TimeoutPolicy({ timeoutMs: 50, clock }),
      ],
    });
    observer = new PrometheusObserver({ register, resiliences: [resilience] });
  });
  afterEach(async () => {
    observer.stop();
    await spans.unregister();
  });

  /** What the page says of the operation, but for zeros and buckets. */
  const page = async (): Promise<Record<string, number>> => {
    const lines = (await register.metrics())
      .split('\n')
      .filter((line) => line.includes(at) && !line.includes('_bucket'));
    const values = lines.map((line): [string, number] => {
      const [name, value] = line.split(/ (?=\S+$)/);
      return [
        name!.replace(at, '').replace('backendai_layer_', '').replace('{,', '{').replace('{}', ''),
        Number(value),
      ];
    });
    return Object.fromEntries(values.filter(([, value]) => value !== 0));
  };
  const events = (): string[] => spans.one(`${layer}.getUser`).events.map(({ name }) => name);

  it('that is retried twice and then succeeds is one success with two retries', async () => {
    expect(await resilience.execute('getUser', failing(new Unavailable(), new Unavailable()))).toBe('Ada');

    expect(await page()).toEqual({
      'operation_count{success="true"}': 1,
      retry_count: 2,
      operation_duration_sec_sum: 0.2,
      operation_duration_sec_count: 1,
    });
    expect(events()).toEqual(['retry', 'retry']);
    expect(spans.all()).toHaveLength(1);
    const { status, attributes } = spans.one(`${layer}.getUser`);
    expect(status).toEqual(unset);
    expect(attributes['error.type']).toBe(undefined);
  });

  it('that fails for good is one failure, under its own code', async () => {
    await expect(resilience.execute('getUser', failing(new EntityNotFound('user')))).rejects.toThrow(EntityNotFound);

    expect(await page()).toEqual({
      'operation_count{success="false"}': 1,
      'operation_error_count{error_code="user_read_not-found"}': 1,
      operation_duration_sec_count: 1,
    });
    expect(events()).toEqual([]);
    expect(spans.one(`${layer}.getUser`).attributes['error.type']).toBe('user_read_not-found');
  });

  it('that fails at every attempt is one failure under the code of the last error', async () => {
    const errors = [new Unavailable(), new Unavailable(), new Unavailable()];
    await expect(resilience.execute('getUser', failing(...errors))).rejects.toBe(errors[2]);

    expect(await page()).toEqual({
      'operation_count{success="false"}': 1,
      'operation_error_count{error_code="database_access_unavailable"}': 1,
      retry_count: 2,
      'given_up_count{reason="attempts"}': 1,
      operation_duration_sec_sum: 0.2,
      operation_duration_sec_count: 1,
    });
    expect(events()).toEqual(['retry', 'retry', 'given-up']);
    expect(spans.one(`${layer}.getUser`).status.code).toBe(SpanStatusCode.ERROR);
  });

  it('that its caller cancels is one failure, cancelled, and none of a timeout', async () => {
    const controller = new AbortController();
    const canceled = resilience.execute('getUser', forEver, { signal: controller.signal });
    controller.abort();
    await expect(canceled).rejects.toBe(controller.signal.reason);

    expect(await page()).toEqual({
      'operation_count{success="false"}': 1,
      'operation_error_count{error_code="backendai_generic_canceled"}': 1,
      operation_duration_sec_count: 1,
    });
    expect(events()).toEqual([]);
    const { status, attributes } = spans.one(`${layer}.getUser`);
    expect(status).toEqual(unset);
    expect(attributes['error.type']).toBe('backendai_generic_canceled');
  });

  it('that its caller cancels for a reason of their own is cancelled just the same', async () => {
    const controller = new AbortController();
    const reason = new Error('the client went away');
    const canceled = resilience.execute('getUser', forEver, { signal: controller.signal });
    controller.abort(reason);
    await expect(canceled).rejects.toBe(reason);

    expect(await page()).toMatchObject({ 'operation_error_count{error_code="backendai_generic_canceled"}': 1 });
    expect(spans.one(`${layer}.getUser`).status).toEqual(unset);
  });

  it('that takes too long is one failure, timed out, and not made again where nobody knows what became of it', async () => {
    await expect(resilience.execute('getUser', forEver)).rejects.toBeInstanceOf(TimedOut);

    expect(await page()).toEqual({
      'operation_count{success="false"}': 1,
      'operation_error_count{error_code="backendai_generic_timeout"}': 1,
      timeout_count: 1,
      operation_duration_sec_sum: 0.05,
      operation_duration_sec_count: 1,
    });
    expect(events()).toEqual(['timed-out']);
    expect(spans.one(`${layer}.getUser`).attributes['error.type']).toBe('backendai_generic_timeout');
  });

  it('that an open circuit does not let through is one failure, rejected', async () => {
    breaker.isolate();
    await expect(resilience.execute('getUser', failing())).rejects.toBeInstanceOf(CircuitOpen);

    expect(await page()).toEqual({
      'operation_count{success="false"}': 1,
      'operation_error_count{error_code="backendai_generic_unavailable"}': 1,
      'rejection_count{policy="circuit-breaker"}': 1,
      operation_duration_sec_count: 1,
    });
    expect(events()).toEqual(['rejected']);
    expect(await register.metrics()).toContain('backendai_breaker_state{breaker="circuit-breaker",state="isolated"} 1');
  });

  it('is running until it has ended', async () => {
    let end = (): void => {};
    const gate = new Promise<void>((resolve) => (end = resolve));
    const resting = new Resilience({ policies: [new MetricPolicy({ domain: 'repository', layer })] });
    const running = resting.execute('getUser', () => gate);

    expect(await page()).toEqual({ operation_triggered_count: 1 });
    end();
    await running;
    expect((await page())['operation_triggered_count']).toBe(undefined);
  });

  it('is the same for its caller under an observer that throws, and for the other observers', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const stop = observeOperations(() => {
      throw new Error('the observer failed');
    });
    try {
      expect(await resilience.execute('getUser', failing(new Unavailable(), new Unavailable()))).toBe('Ada');
      await expect(resilience.execute('getUser', failing(new EntityNotFound('user')))).rejects.toThrow(EntityNotFound);
      expect(warned).toHaveBeenCalledTimes(1);
    } finally {
      stop();
      warned.mockRestore();
    }

    expect(await page()).toMatchObject({
      'operation_count{success="true"}': 1,
      'operation_count{success="false"}': 1,
      retry_count: 2,
    });
  });
});
