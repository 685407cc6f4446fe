import { afterEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type EventSource, type OperationLayer, publishOperation } from '@holdfast/operation';
import { Registry } from 'prom-client';
import { metricNames, PrometheusObserver, type PrometheusObserverArgs } from '@holdfast/metrics/prometheus';

const observers: PrometheusObserver[] = [];

afterEach(() => {
  for (const observer of observers.splice(0)) observer.stop();
});

function observe(args: PrometheusObserverArgs): PrometheusObserver {
  const observer = new PrometheusObserver(args);
  observers.push(observer);
  return observer;
}

function layer(name: string): OperationLayer {
  return { domain: 'db_source', layer: name };
}

function start(at: OperationLayer, operation: string, source: EventSource = null): void {
  publishOperation({ kind: 'started', at, operation, source });
}

function end(at: OperationLayer, operation: string, error: unknown = null, source: EventSource = null): void {
  publishOperation({ kind: 'ended', at, operation, source, durationMs: 1, error });
}

/** The lines of one metric, as labels → value. */
async function lines(register: Registry, metric: string): Promise<Record<string, number>> {
  const page = await register.getSingleMetricAsString(metric);
  const values = page.split('\n').filter((line) => !line.startsWith('#'));
  return Object.fromEntries(
    values.map((line) => [line.slice(metric.length, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

const running = 'backendai_layer_operation_triggered_count';
const ended = 'backendai_layer_operation_count';

describe('PrometheusObserver', () => {
  it('shows what is running now', async () => {
    const register = new Registry();
    observe({ register });
    const at = layer('user_db_source');

    start(at, 'getUser');
    start(at, 'getUser');
    end(at, 'getUser');

    expect(await lines(register, running)).toEqual({
      '{domain="db_source",layer="user_db_source",operation="get_user"}': 1,
    });
  });

  it('never shows less than nothing running, though it came while a call was under way', async () => {
    const register = new Registry();
    const at = layer('user_db_source');
    start(at, 'getUser');
    observe({ register });

    end(at, 'getUser');

    expect(Object.values(await lines(register, running))).toEqual([0]);
    expect(Object.values(await lines(register, ended))).toEqual([1, 0]);
  });

  it('counts two policies of one layer in one series', async () => {
    const register = new Registry();
    observe({ register });

    end(layer('user_db_source'), 'getUser');
    end(layer('user_db_source'), 'getUser');

    expect(Object.values(await lines(register, ended))).toEqual([2, 0]);
  });

  it('counts two spellings of one operation in one series', async () => {
    const register = new Registry();
    observe({ register });
    const at = layer('user_db_source');

    end(at, 'getUser');
    end(at, 'get_user');

    expect(Object.values(await lines(register, ended))).toEqual([2, 0]);
  });

  it('counts an operation that failed with undefined as failed', async () => {
    const register = new Registry();
    observe({ register });

    publishOperation({
      kind: 'ended',
      at: layer('user_db_source'),
      operation: 'getUser',
      source: null,
      durationMs: 1,
      error: undefined,
    });

    expect(Object.values(await lines(register, ended))).toEqual([0, 1]);
  });

  it('counts only what was published under its source', async () => {
    const [mine, theirs, all] = [new Registry(), new Registry(), new Registry()];
    const [myApp, theirApp] = [{}, {}];
    observe({ register: mine, source: myApp });
    observe({ register: theirs, source: theirApp });
    observe({ register: all });
    const at = layer('user_db_source');

    end(at, 'getUser', null, myApp);
    end(at, 'getUser', null, myApp);
    end(at, 'getUser', null, theirApp);
    end(at, 'getUser', null, null);

    expect(Object.values(await lines(mine, ended))).toEqual([2, 0]);
    expect(Object.values(await lines(theirs, ended))).toEqual([1, 0]);
    expect(Object.values(await lines(all, ended))).toEqual([4, 0]);
  });

  it('shows the same numbers on the pages of several registries', async () => {
    const [first, second] = [new Registry(), new Registry()];
    observe({ register: [first, second] });

    end(layer('user_db_source'), 'getUser');

    expect(await first.metrics()).toContain('success="true"} 1');
    expect(await second.metrics()).toBe(await first.metrics());
  });

  it('begins the names of its metrics with the prefix that it is given', async () => {
    const register = new Registry();
    observe({ register, prefix: 'holdfast' });

    end(layer('user_db_source'), 'getUser');

    expect(await lines(register, 'holdfast_layer_operation_count')).toMatchObject({
      '{domain="db_source",layer="user_db_source",operation="get_user",success="true"}': 1,
    });
  });

  it('counts under _other what comes after the last value that a label may take', async () => {
    const register = new Registry();
    observe({ register, maxLabelValues: 2 });
    const at = layer('user_db_source');

    for (const operation of ['a', 'b', 'c', 'd', 'a', 'd']) end(at, operation);

    expect(await lines(register, ended)).toMatchObject({
      '{domain="db_source",layer="user_db_source",operation="a",success="true"}': 2,
      '{domain="db_source",layer="user_db_source",operation="b",success="true"}': 1,
      '{domain="db_source",layer="user_db_source",operation="_other",success="true"}': 3,
    });
  });

  it('bounds layers and error codes in the same way', async () => {
    const register = new Registry();
    observe({ register, maxLabelValues: 1 });

    end(layer('one'), 'get', new TypeError('Foreign.'));
    end(layer('two'), 'get', new Misuse('Ours.'));

    expect(await lines(register, 'backendai_layer_operation_error_count')).toEqual({
      '{domain="db_source",layer="one",operation="get",error_code="backendai_generic_internal-error"}': 1,
      '{domain="db_source",layer="_other",operation="get",error_code="_other"}': 1,
    });
  });

  it('leaves out a retry that belongs to no layer', async () => {
    const register = new Registry();
    observe({ register });

    publishOperation({ kind: 'retried', at: null, operation: 'get', source: null, attempt: 1, delayMs: 1, error: 'x' });

    expect(await lines(register, 'backendai_layer_retry_count')).toEqual({});
  });

  it('starts over when its registry resets its metrics, but for what is running', async () => {
    const register = new Registry();
    observe({ register });
    const at = layer('user_db_source');
    start(at, 'getUser');
    end(at, 'getUser', new Error('x'));
    start(at, 'getUser');

    register.resetMetrics();

    expect(Object.values(await lines(register, running))).toEqual([1]);
    expect(Object.values(await lines(register, ended))).toEqual([0, 0]);
    expect(await lines(register, 'backendai_layer_operation_error_count')).toEqual({});
    expect(new Set(Object.values(await lines(register, 'backendai_layer_operation_duration_sec')))).toEqual(
      new Set([0]),
    );
  });

  it('takes its metrics off the page when it stops, and leaves alone what has taken their place', async () => {
    const register = new Registry();
    const stopped = observe({ register });
    stopped.stop();
    expect(register.getMetricsAsArray()).toEqual([]);
    const cleared = observe({ register });
    register.clear();
    observe({ register });

    cleared.stop();
    end(layer('user_db_source'), 'getUser');

    expect(Object.values(await lines(register, ended))).toEqual([1, 0]);
  });

  it('counts nothing any more once it has stopped', async () => {
    const [stopped, other] = [new Registry(), new Registry()];
    const observer = observe({ register: [stopped, other] });
    const metric = stopped.getSingleMetric(ended);

    observer.stop();
    end(layer('user_db_source'), 'getUser');

    expect((await metric?.get())?.values).toEqual([]);
  });

  it('leaves no trace where a registry holds one of the names already', () => {
    const [free, taken] = [new Registry(), new Registry()];
    observe({ register: taken });
    const before = observedTimes();

    expect(() => observe({ register: [free, taken] })).toThrow('has already been registered');

    expect(free.getMetricsAsArray()).toEqual([]);
    expect(taken.getMetricsAsArray()).toHaveLength(metricNames().length);
    expect(observedTimes()).toBe(before);
  });

  it.each([['1up'], [''], ['with-dash']])('refuses the prefix %p', (prefix) => {
    expect(() => observe({ register: new Registry(), prefix })).toThrow(Misuse);
  });

  it.each([[0], [1.5], [Number.NaN]])('refuses %p as the number of label values', (maxLabelValues) => {
    expect(() => observe({ register: new Registry(), maxLabelValues })).toThrow(Misuse);
  });
});

/** How many observers the channel calls: each of them counts one event of a layer nobody else uses. */
function observedTimes(): number {
  let times = 0;
  const probe: OperationLayer = {
    domain: 'client',
    get layer() {
      times += 1;
      return 'probe';
    },
  };
  start(probe, 'probe');
  return times;
}
