import { describe, expect, it } from '@jest/globals';
import { type BreakerState, type OperationLayer, publishOperation } from '@holdfast/operation';
import { BulkheadPolicy, CircuitBreakerPolicy, MetricPolicy, Resilience, RetryPolicy } from '@holdfast/resilience';
import type { PolicyStack } from '@holdfast/metrics/prometheus';
import { lines, observing } from './observing.js';
import { warned } from './warnings.js';

const at: OperationLayer = { domain: 'repository', layer: 'user_repository' };

function stack(name: string | null, ...policies: readonly object[]): PolicyStack {
  return { name, policies };
}

function changed(breaker: string, from: BreakerState, to: BreakerState, source: object | null = null): void {
  publishOperation({ kind: 'breaker-changed', at, operation: 'get', source, breaker, from, to });
}

const transitions = 'breaker_transition_count';

describe('a circuit breaker', () => {
  it('shows the state that it is in at each scrape', async () => {
    const breaker = new CircuitBreakerPolicy({ label: 'main' });
    const register = observing({ resiliences: [new Resilience({ policies: [breaker] })] });
    const states = (state: string) => `{breaker="main",state="${state}"}`;

    expect(await lines(register, 'breaker_state')).toEqual({
      [states('closed')]: 1,
      [states('open')]: 0,
      [states('half-open')]: 0,
      [states('isolated')]: 0,
    });
    breaker.isolate();
    expect(await lines(register, 'breaker_state')).toMatchObject({ [states('closed')]: 0, [states('isolated')]: 1 });
  });

  it('has its changes of state counted, with those that usually come at 0 from the start', async () => {
    const register = observing({ resiliences: [stack(null, { label: 'main', state: 'closed' })] });
    const regular = {
      '{breaker="main",from="closed",to="open"}': 0,
      '{breaker="main",from="open",to="half-open"}': 0,
      '{breaker="main",from="half-open",to="open"}': 0,
      '{breaker="main",from="half-open",to="closed"}': 0,
    };
    expect(await lines(register, transitions)).toEqual(regular);

    changed('main', 'closed', 'open');
    changed('main', 'closed', 'open');
    changed('main', 'open', 'isolated');

    expect(await lines(register, transitions)).toEqual({
      ...regular,
      '{breaker="main",from="closed",to="open"}': 2,
      '{breaker="main",from="open",to="isolated"}': 1,
    });
  });

  it('has its changes counted where it was not given, too, and outside of any layer', async () => {
    const register = observing();

    const byHand = { at: null, operation: '', source: null, breaker: 'theirs' } as const;
    publishOperation({ kind: 'breaker-changed', ...byHand, from: 'closed', to: 'isolated' });

    expect(await lines(register, transitions)).toMatchObject({
      '{breaker="theirs",from="closed",to="isolated"}': 1,
      '{breaker="theirs",from="closed",to="open"}': 0,
    });
    expect(await lines(register, 'breaker_state')).toEqual({});
  });

  it('has its changes counted for a source where it was given, or where they were published under the source', async () => {
    const [mine, theirs] = [{}, {}];
    const resiliences = [stack(null, { label: 'main', state: 'closed' })];
    const register = observing({ source: mine, resiliences });

    changed('main', 'closed', 'open', theirs);
    changed('other', 'closed', 'open', theirs);
    changed('other', 'closed', 'open', mine);

    expect(await lines(register, transitions)).toMatchObject({
      '{breaker="main",from="closed",to="open"}': 1,
      '{breaker="other",from="closed",to="open"}': 1,
    });
  });

  it('is left out and reported once where its state cannot be read', async () => {
    const failing = {
      label: 'failing',
      get state(): never {
        throw new Error('No state.');
      },
    };
    const unknown = { label: 'unknown', state: 'ajar' };
    const register = observing({ resiliences: [stack(null, failing, unknown, { label: 'main', state: 'open' })] });

    const warnings = await warned('HOLDFAST_FIGURES_FAILED', async () => {
      await register.metrics();
      await register.metrics();
    });

    expect(warnings).toEqual([
      "The figures of the circuit breaker 'failing' are left out: Error: No state.",
      "The figures of the circuit breaker 'unknown' are left out: TypeError: it is in no known state",
    ]);
    expect(Object.keys(await lines(register, 'breaker_state'))).toHaveLength(4);
  });
});

describe('a policy that has no label', () => {
  it('is shown under the name of its stack', async () => {
    const register = observing({ resiliences: [stack('users', { state: 'open' })] });

    expect(await lines(register, 'breaker_state')).toMatchObject({ '{breaker="users",state="open"}': 1 });
  });
});

describe('a bulkhead', () => {
  it('shows how full it is at each scrape', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 2, label: 'reports' });
    const resilience = new Resilience({ policies: [bulkhead] });
    const register = observing({ resiliences: [resilience] });
    let finish: () => void = () => undefined;
    const work = new Promise<void>((resolve) => {
      finish = resolve;
    });

    const running = resilience.execute('get', () => work);

    expect(await lines(register, 'bulkhead_running')).toEqual({ '{bulkhead="reports"}': 1 });
    expect(await lines(register, 'bulkhead_queued')).toEqual({ '{bulkhead="reports"}': 0 });
    expect(await lines(register, 'bulkhead_limit')).toEqual({ '{bulkhead="reports"}': 2 });
    finish();
    await running;
    expect(await lines(register, 'bulkhead_running')).toEqual({ '{bulkhead="reports"}': 0 });
  });
});

describe('the budget of a retry', () => {
  it('is shown under the name of its stack', async () => {
    const retry = new RetryPolicy({ budget: { ratio: 0.5, minRetriesPerSecond: 1 } });
    const resilience = new Resilience({ name: 'users', policies: [retry] });
    const register = observing({ resiliences: [resilience] });

    for (const id of [1, 2, 3, 4]) await resilience.execute('get', async () => id);

    expect(await lines(register, 'retry_budget_calls')).toEqual({ '{resilience="users"}': 4 });
    expect(await lines(register, 'retry_budget_retries')).toEqual({ '{resilience="users"}': 0 });
    expect(await lines(register, 'retry_budget_remaining')).toEqual({ '{resilience="users"}': 12 });
  });

  it('is not shown where there is none, and that is no fault', async () => {
    const resilience = new Resilience({ name: 'users', policies: [new RetryPolicy()] });
    const register = observing({ resiliences: [resilience] });

    const warnings = await warned('HOLDFAST_FIGURES_FAILED', async () => void (await register.metrics()));

    expect(warnings).toEqual([]);
    expect(await lines(register, 'retry_budget_calls')).toEqual({});
  });
});

describe('the policies of several stacks', () => {
  it('are shown once where the stacks share them', async () => {
    const bulkhead = { label: 'reports', figures: { running: 3, queued: 1, limit: 5 } };
    const register = observing({ resiliences: [stack('one', bulkhead), stack('two', bulkhead)] });

    expect(await lines(register, 'bulkhead_running')).toEqual({ '{bulkhead="reports"}': 3 });
  });

  it('are added up where they have one label, so that no line is there twice', async () => {
    const budget = (calls: number) => ({ budget: { calls, retries: 1, remaining: 2 } });
    const breaker = (state: BreakerState) => ({ label: 'main', state });
    const register = observing({
      resiliences: [stack(null, budget(5), breaker('open')), stack(null, budget(7), breaker('closed'))],
    });

    expect(await lines(register, 'retry_budget_calls')).toEqual({ '{resilience=""}': 12 });
    expect(await lines(register, 'breaker_state')).toMatchObject({
      '{breaker="main",state="open"}': 1,
      '{breaker="main",state="closed"}': 1,
    });
  });

  it('are bounded in their labels', async () => {
    const bulkhead = (label: string) => ({ label, figures: { running: 1, queued: 0, limit: 5 } });
    const register = observing({
      resiliences: [stack(null, bulkhead('a'), bulkhead('b'), bulkhead('c'))],
      maxLabelValues: 1,
    });

    expect(await lines(register, 'bulkhead_running')).toEqual({ '{bulkhead="a"}': 1, '{bulkhead="_other"}': 2 });
  });
});

describe('what happens in the policies of a layer', () => {
  const event = { at, operation: 'getUser', source: null };
  const labels = 'domain="repository",layer="user_repository",operation="get_user"';

  it('is at 0 as soon as an operation of the layer is known', async () => {
    const register = observing();

    publishOperation({ kind: 'started', ...event });

    expect(await lines(register, 'layer_timeout_count')).toEqual({ [`{${labels}}`]: 0 });
    expect(await lines(register, 'layer_fallback_count')).toEqual({ [`{${labels}}`]: 0 });
    expect(await lines(register, 'layer_given_up_count')).toEqual({
      [`{${labels},reason="attempts"}`]: 0,
      [`{${labels},reason="deadline"}`]: 0,
      [`{${labels},reason="budget"}`]: 0,
      [`{${labels},reason="signal"}`]: 0,
      [`{${labels},reason="committed"}`]: 0,
    });
    expect(await lines(register, 'layer_rejection_count')).toEqual({});
  });

  it('has the rejections of its own policies at 0 where its stack was given', async () => {
    const metrics = new MetricPolicy({ domain: 'repository', layer: 'user_repository' });
    const policies = [metrics, new CircuitBreakerPolicy(), new BulkheadPolicy({ maxConcurrent: 1 })];
    const resilience = new Resilience({ policies });
    const register = observing({ resiliences: [resilience] });

    await resilience.withSource({}).execute('getUser', async () => 7);

    expect(await lines(register, 'layer_rejection_count')).toEqual({
      [`{${labels},policy="circuit-breaker"}`]: 0,
      [`{${labels},policy="bulkhead"}`]: 0,
    });
  });

  it('keeps its rejections when a second spelling of the operation comes', async () => {
    const register = observing({
      resiliences: [stack(null, { layer: at }, { name: 'bulkhead', label: 'b', figures: {} })],
    });

    publishOperation({ kind: 'rejected', ...event, policy: 'bulkhead', error: 'x' });
    publishOperation({ kind: 'rejected', ...event, operation: 'get_user', policy: 'bulkhead', error: 'x' });

    expect(await lines(register, 'layer_rejection_count')).toEqual({ [`{${labels},policy="bulkhead"}`]: 2 });
  });

  it('is counted by reason and by policy', async () => {
    const register = observing();

    publishOperation({ kind: 'given-up', ...event, attempts: 3, reason: 'attempts', error: 'x' });
    publishOperation({ kind: 'timed-out', ...event, timeoutMs: 5 });
    publishOperation({ kind: 'timed-out', ...event, timeoutMs: 5 });
    publishOperation({ kind: 'rejected', ...event, policy: 'bulkhead', error: 'x' });
    publishOperation({ kind: 'fell-back', ...event, error: 'x' });

    expect(Object.values(await lines(register, 'layer_given_up_count'))).toEqual([1, 0, 0, 0, 0]);
    expect(Object.values(await lines(register, 'layer_timeout_count'))).toEqual([2]);
    expect(await lines(register, 'layer_rejection_count')).toEqual({ [`{${labels},policy="bulkhead"}`]: 1 });
    expect(Object.values(await lines(register, 'layer_fallback_count'))).toEqual([1]);
  });

  it('is left out where it belongs to no layer', async () => {
    const register = observing();

    publishOperation({ kind: 'timed-out', ...event, at: null, timeoutMs: 5 });
    publishOperation({ kind: 'rejected', ...event, at: null, policy: 'bulkhead', error: 'x' });

    expect(await lines(register, 'layer_timeout_count')).toEqual({});
    expect(await lines(register, 'layer_rejection_count')).toEqual({});
  });

  it('starts over when its registry resets its metrics, with what is expected at 0', async () => {
    const register = observing({ resiliences: [stack(null, { label: 'main', state: 'closed' })] });
    publishOperation({ kind: 'given-up', ...event, attempts: 3, reason: 'attempts', error: 'x' });
    publishOperation({ kind: 'rejected', ...event, policy: 'bulkhead', error: 'x' });
    publishOperation({ kind: 'timed-out', ...event, timeoutMs: 5 });
    publishOperation({ kind: 'fell-back', ...event, error: 'x' });
    changed('main', 'closed', 'open');

    register.resetMetrics();

    expect(Object.values(await lines(register, 'layer_given_up_count'))).toEqual([0, 0, 0, 0, 0]);
    expect(await lines(register, 'layer_rejection_count')).toEqual({});
    expect(Object.values(await lines(register, 'layer_timeout_count'))).toEqual([0]);
    expect(Object.values(await lines(register, 'layer_fallback_count'))).toEqual([0]);
    expect(new Set(Object.values(await lines(register, transitions)))).toEqual(new Set([0]));
    expect(Object.values(await lines(register, 'breaker_state'))).toEqual([1, 0, 0, 0]);
  });

  it('is bounded in its policies', async () => {
    const register = observing({ maxLabelValues: 1 });

    for (const policy of ['a', 'b', 'c']) publishOperation({ kind: 'rejected', ...event, policy, error: 'x' });

    expect(await lines(register, 'layer_rejection_count')).toEqual({
      [`{${labels},policy="a"}`]: 1,
      [`{${labels},policy="_other"}`]: 2,
    });
  });
});
