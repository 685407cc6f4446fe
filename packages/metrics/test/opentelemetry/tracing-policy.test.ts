import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ambientCall, type Clock, systemClock, withinAmbientSession } from '@holdfast/operation';
import { MetricPolicy, type Policy, Resilience, RetryPolicy } from '@holdfast/resilience';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { TracingPolicy } from '@holdfast/metrics/opentelemetry';
import { failed, failing, unavailable } from './failing-work.js';
import { RecordedSpans, textOf, unset } from './recorded-spans.js';

let spans: RecordedSpans;

beforeAll(() => {
  spans = RecordedSpans.register();
});

afterEach(() => spans.clear());

afterAll(() => spans.unregister());

const layer = { domain: 'repository', layer: 'session_repository' } as const;
const clock: Clock = { ...systemClock, sleep: () => Promise.resolve() };
const retry = new RetryPolicy({ maxRetries: 3, retryDelayMs: 7, jitter: 'none', clock });

function stack(...policies: Policy[]): Resilience {
  return new Resilience({ policies });
}

const traced = stack(new TracingPolicy({ layer }));

describe('the span of a call', () => {
  it('is named after layer and operation, and says of which kind the layer is', async () => {
    await traced.execute('getSessionById', failing());

    const span = spans.one('session_repository.getSessionById');
    expect(span.kind).toBe(SpanKind.INTERNAL);
    expect(span.attributes).toEqual({
      'holdfast.domain': 'repository',
      'holdfast.layer': 'session_repository',
      'holdfast.operation': 'getSessionById',
    });
    expect(span.instrumentationScope.name).toBe('@holdfast/metrics');
  });

  it('is named after the layer that the stack reports its metrics under', async () => {
    await stack(new TracingPolicy(), new MetricPolicy({ domain: 'db_source', layer: 'user_db_source' })).execute(
      'getUser',
      failing(),
    );

    expect(spans.one('user_db_source.getUser').attributes).toMatchObject({ 'holdfast.domain': 'db_source' });
  });

  it('is named after the layer that the policy is given, whatever the metrics are reported under', async () => {
    const metrics = new MetricPolicy({ domain: 'db_source', layer: 'user_db_source' });

    await stack(metrics, new TracingPolicy({ layer })).execute('getUser', failing());

    expect(spans.all().map(({ name }) => name)).toEqual(['session_repository.getUser']);
  });

  it('is named after the operation alone where no layer is known', async () => {
    await stack(new TracingPolicy()).execute('getUser', failing());

    expect(spans.one('getUser').attributes).toEqual({ 'holdfast.operation': 'getUser' });
  });

  it('says what it was told to say', async () => {
    await stack(new TracingPolicy({ layer, attributes: { 'app.shard': 3 } })).execute('getUser', failing());

    expect(spans.one('session_repository.getUser').attributes).toMatchObject({ 'app.shard': 3 });
  });

  it('leaves the status unset and names no error where the call succeeds, and hands the value on', async () => {
    expect(await traced.execute('get', failing())).toBe('done');

    const { status, attributes, events, ended } = spans.one('session_repository.get');
    expect({ status, events, ended }).toEqual({ status: unset, events: [], ended: true });
    expect(attributes).not.toHaveProperty('error.type');
  });

  it('is current while the call runs, and the parent of what that traces', async () => {
    const source = stack(new TracingPolicy({ layer: { domain: 'db_source', layer: 'session_db_source' } }));

    await traced.execute('get', async () => {
      await Promise.resolve();
      expect(trace.getActiveSpan()?.spanContext().spanId).toBeDefined();
      return source.execute('get', failing());
    });

    const [inner, outer] = [spans.one('session_db_source.get'), spans.one('session_repository.get')];
    expect(inner.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
    expect(outer.parentSpanContext).toBeUndefined();
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it('tells calls that run at the same time apart', async () => {
    const source = stack(new TracingPolicy());
    const call = (name: string): Promise<unknown> =>
      traced.execute(name, async () => {
        await Promise.resolve();
        return source.execute(`part of ${name}`, failing());
      });

    await Promise.all([call('a'), call('b')]);

    for (const name of ['a', 'b']) {
      const parent = spans.one(`session_repository.${name}`);
      expect(spans.one(`part of ${name}`).parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
    }
  });

  it('is made by the tracer that the policy is given', async () => {
    const tracer = spans.provider.getTracer('of the application');
    await stack(new TracingPolicy({ tracer })).execute('get', failing());

    expect(spans.one('get').instrumentationScope.name).toBe('of the application');
  });
});

describe('tracing(retry(call))', () => {
  const retried = stack(new TracingPolicy({ layer }), retry);

  it('is one span with an event for each retry, and no error, where an attempt succeeds at last', async () => {
    await retried.execute('get', failing(unavailable('First.'), unavailable('Second.')));

    const span = spans.one('session_repository.get');
    expect(spans.all()).toHaveLength(1);
    expect(span.status).toEqual(unset);
    expect(span.attributes).not.toHaveProperty('error.type');
    expect(span.attributes).toMatchObject({ 'holdfast.attempts': 3 });
    expect(span.events.map(({ name, attributes }) => ({ name, attributes }))).toEqual(
      [1, 2].map((attempt) => ({
        name: 'retry',
        attributes: {
          'holdfast.attempt': attempt,
          'holdfast.delay_ms': 7,
          'error.type': 'database_access_unavailable',
        },
      })),
    );
    expect(textOf(span)).not.toContain('First.');
  });

  it('says what was used up where no attempt succeeds', async () => {
    await failed(retried.execute('get', failing(...[1, 2, 3].map(() => unavailable()))));

    const { status, events, attributes } = spans.one('session_repository.get');
    expect(events.map(({ name }) => name)).toEqual(['retry', 'retry', 'given-up']);
    expect(events.at(-1)?.attributes).toEqual({
      'holdfast.attempts': 3,
      'holdfast.reason': 'attempts',
      'error.type': 'database_access_unavailable',
    });
    expect(attributes).toMatchObject({ 'holdfast.attempts': 3, 'error.type': 'database_access_unavailable' });
    expect(status.code).toBe(SpanStatusCode.ERROR);
  });

  it('says nothing of attempts where there was one', async () => {
    await retried.execute('get', failing());

    expect(spans.one('session_repository.get').attributes).not.toHaveProperty('holdfast.attempts');
  });
});

describe('retry(tracing(call))', () => {
  it('is one span for each attempt, with a link to the one before', async () => {
    await stack(retry, new TracingPolicy({ layer })).execute('get', failing(unavailable(), unavailable()));

    const attempts = spans.named('session_repository.get');
    expect(attempts.map(({ attributes }) => attributes['holdfast.attempt'])).toEqual([undefined, 2, 3]);
    expect(attempts.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.ERROR,
      SpanStatusCode.ERROR,
      SpanStatusCode.UNSET,
    ]);
    expect(attempts.map(({ links }) => links.map((link) => link.context.spanId))).toEqual([
      [],
      [attempts[0]?.spanContext().spanId],
      [attempts[1]?.spanContext().spanId],
    ]);
  });

  it('links to attempts of the same call only', async () => {
    const attempts = stack(retry, new TracingPolicy());
    const call = (name: string): Promise<string> => attempts.execute(name, failing(unavailable()));

    await Promise.all([call('a'), call('b')]);

    for (const name of ['a', 'b']) {
      const [first, second] = spans.named(name);
      expect(second?.links.map((link) => link.context.spanId)).toEqual([first?.spanContext().spanId]);
    }
  });

  it('links to nothing where it shall not', async () => {
    await stack(retry, new TracingPolicy({ linkAttempts: false })).execute('get', failing(unavailable()));

    expect(spans.named('get').map(({ links }) => links)).toEqual([[], []]);
  });
});

describe('what the policies inside tell', () => {
  const error = unavailable();
  const type = { 'error.type': 'database_access_unavailable' };

  it.each([
    ['timed-out', { kind: 'timed-out', timeoutMs: 250 }, { 'holdfast.timeout_ms': 250 }],
    ['rejected', { kind: 'rejected', policy: 'bulkhead', error }, { 'holdfast.policy': 'bulkhead', ...type }],
    ['fell-back', { kind: 'fell-back', error }, type],
    [
      'breaker-changed',
      { kind: 'breaker-changed', breaker: 'database', from: 'closed', to: 'open' },
      { 'holdfast.breaker': 'database', 'holdfast.breaker.from': 'closed', 'holdfast.breaker.to': 'open' },
    ],
  ] as const)('is the event %s of the span', async (name, event, attributes) => {
    const tells: Policy = {
      name: 'tells',
      execute(call, next) {
        call.tell(event);
        return next(call);
      },
    };

    await stack(new TracingPolicy({ layer }), tells).execute('get', failing());

    const { events, status } = spans.one('session_repository.get');
    expect(events.map((each) => [each.name, each.attributes])).toEqual([[name, attributes]]);
    expect(status).toEqual(unset);
  });

  it('is an event too where a Database makes a transaction again', async () => {
    await traced.execute('save', async () => {
      ambientCall()?.hear({
        kind: 'replayed',
        attempt: 1,
        delayMs: 5,
        error: Object.assign(error, { sqlState: '40001' }),
      });
    });

    const { events, attributes } = spans.one('session_repository.save');
    expect(events.map((each) => [each.name, each.attributes])).toEqual([
      ['replay', { 'holdfast.attempt': 1, 'holdfast.delay_ms': 5, 'holdfast.sql_state': '40001', ...type }],
    ]);
    expect(attributes).not.toHaveProperty('holdfast.attempts');
  });

  it('is an event of the innermost span alone', async () => {
    const inner = stack(new TracingPolicy(), retry);

    await traced.execute('outer', () => inner.execute('inner', failing(unavailable())));

    expect(spans.one('inner').events).toHaveLength(1);
    expect(spans.one('session_repository.outer').events).toEqual([]);
    expect(spans.one('session_repository.outer').attributes).not.toHaveProperty('holdfast.attempts');
  });

  it('is an event of the span around where there is none inside', async () => {
    await traced.execute('outer', () => stack(retry).execute('inner', failing(unavailable())));

    expect(spans.one('session_repository.outer').events.map(({ name }) => name)).toEqual(['retry']);
  });

  it('is an event of the span around where it comes after the end of the one inside, and of none after that', async () => {
    let tellLater = (): void => {};
    const tells: Policy = {
      name: 'tells',
      execute(call, next) {
        tellLater = () => call.tell({ kind: 'timed-out', timeoutMs: 1 });
        return next(call);
      },
    };

    await traced.execute('outer', async () => {
      await stack(new TracingPolicy(), tells).execute('inner', failing());
      tellLater();
    });
    tellLater();

    expect(spans.one('inner').events).toEqual([]);
    expect(spans.one('session_repository.outer').events.map(({ name }) => name)).toEqual(['timed-out']);
  });
});

describe('the context of a call', () => {
  it('is what the application made current around it', async () => {
    const key = Symbol('tenant');

    const tenant = await context.with(context.active().setValue(key, 'acme'), () =>
      traced.execute('get', async () => context.active().getValue(key)),
    );

    expect(tenant).toBe('acme');
  });
});

describe('a call inside an open dbSession', () => {
  it('has its span too', async () => {
    await withinAmbientSession({}, () => traced.execute('get', failing()));

    expect(spans.one('session_repository.get').status).toEqual(unset);
  });
});
