import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { publishOperation } from '@holdfast/operation';
import { PrometheusObserver, type PrometheusObserverArgs } from '@holdfast/metrics/prometheus';
import { openMetricsContentType, type Registry } from 'prom-client';
import { type Client, clients } from './clients.js';
import { observing } from './observing.js';
import { warned } from './warnings.js';

const at = { domain: 'repository', layer: 'user_repository' } as const;
const labels = { domain: 'repository', layer: 'user_repository', operation: 'get' };
const event = { at, operation: 'get', source: null } as const;
const secondsOf2026 = 1_790_000_000.25;
const durations = 'backendai_layer_operation_duration_sec';

type Labels = Readonly<Record<string, string>>;

function end(durationMs: number): void {
  publishOperation({ kind: 'ended', ...event, durationMs, error: null });
}

function openMetrics(args: Omit<PrometheusObserverArgs, 'register'>): Registry {
  const register = observing({ now: () => secondsOf2026 * 1000, ...args });
  register.setContentType(openMetricsContentType as never);
  return register;
}

function openMetricsRegistry(client: Client): Registry {
  const register = new client.Registry();
  register.setContentType(openMetricsContentType as never);
  return register;
}

function page(register: Registry): Promise<string> {
  return register.getSingleMetricAsString(durations);
}

/** The exemplars on the page: what comes after ` # `. */
async function shown(register: Registry): Promise<readonly string[]> {
  return (await page(register)).split('\n').flatMap((line) => line.split(' # ').slice(1));
}

describe.each(clients)('the exemplars on a page of %s', (_, client) => {
  it('read as its own histogram prints them, the last one of each bucket', async () => {
    const [observed, expected] = [openMetricsRegistry(client), openMetricsRegistry(client)];
    const seen: readonly (readonly [number, Labels])[] = [
      [0.2, { trace_id: 'a"b\\c', span_id: '1' }],
      [0.24, { trace_id: 'later' }],
      [50, { trace_id: 'slow' }],
      [60_000, { trace_id: 'beyond' }],
    ];
    let next = 0;
    const exemplars = () => seen[next++]![1];
    const observer = new PrometheusObserver({ register: observed, exemplars, now: () => secondsOf2026 * 1000 });
    const histogram = new client.Histogram({
      name: durations,
      help: 'Time that operations of a layer took, in seconds.',
      labelNames: Object.keys(labels),
      buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 30],
      registers: [expected],
      enableExemplars: true,
    });

    for (const [ms, exemplarLabels] of seen) {
      end(ms);
      histogram.observe({ labels, value: ms / 1000, exemplarLabels: { ...exemplarLabels } });
    }
    const [ours, theirs] = [await page(observed), await page(expected)];
    observer.stop();

    // Theirs take the time from the system.
    expect(ours).toBe(theirs.replace(/( # \{.*\} \S+) \S+$/gm, `$1 ${secondsOf2026}`));
    expect(ours.match(/ # /g)).toHaveLength(3);
  });
});

describe('exemplars', () => {
  it('are asked for once for each operation that ends, and for nothing else', () => {
    let asked = 0;
    const exemplars = () => {
      asked += 1;
      return null;
    };
    openMetrics({ exemplars });

    publishOperation({ kind: 'started', ...event });
    publishOperation({ kind: 'retried', ...event, attempt: 1, delayMs: 1, error: 'x' });
    publishOperation({ kind: 'timed-out', ...event, timeoutMs: 1 });
    expect(asked).toBe(0);
    end(1);
    end(1);

    expect(asked).toBe(2);
  });

  it('are on no page where there are none', async () => {
    const register = openMetrics({ exemplars: () => null });

    end(1);

    expect(await shown(register)).toEqual([]);
  });

  it('stay when later operations have none', async () => {
    let next: Labels | null = { trace_id: 'one' };
    const register = openMetrics({ exemplars: () => next });

    end(1);
    next = null;
    end(1);
    next = {};
    end(1);

    expect(await shown(register)).toEqual([`{trace_id="one"} 0.001 ${secondsOf2026}`]);
  });

  it('are not changed by who made their labels', async () => {
    const own = { trace_id: 'one' };
    const register = openMetrics({ exemplars: () => own });

    end(1);
    own.trace_id = 'two';

    expect(await shown(register)).toEqual([`{trace_id="one"} 0.001 ${secondsOf2026}`]);
  });

  it('are on no page of the text format', async () => {
    const register = observing({ exemplars: () => ({ trace_id: 'one' }) });

    end(1);

    expect(await shown(register)).toEqual([]);
  });

  it('are gone when the registry resets its metrics', async () => {
    const register = openMetrics({ exemplars: () => ({ trace_id: 'one' }) });
    end(1);

    register.resetMetrics();

    expect(await shown(register)).toEqual([]);
  });

  it.each<[string, () => Labels]>([
    [
      'Exemplars are left out: Error: No span.',
      () => {
        throw new Error('No span.');
      },
    ],
    ["Exemplars are left out: TypeError: 'trace-id' cannot be the name of a label", () => ({ 'trace-id': 'one' })],
    ['Exemplars are left out: TypeError: the label span is not a text', () => ({ span: 7 }) as unknown as Labels],
    ['Exemplars are left out: RangeError: they have more than 128 characters', () => ({ trace_id: 'x'.repeat(121) })],
  ])('that cannot be had or printed are left out, and the operation counts: %s', async (text, exemplars) => {
    const register = openMetrics({ exemplars });

    const warnings = await warned('HOLDFAST_EXEMPLARS_FAILED', async () => {
      end(1);
      end(1);
    });

    expect(warnings).toEqual([text]);
    expect(await shown(register)).toEqual([]);
    expect(await page(register)).toContain('_count{domain="repository"');
    expect(await page(register)).toMatch(/_count\{.*\} 2$/m);
  });

  it('may have 128 characters', async () => {
    const register = openMetrics({ exemplars: () => ({ trace_id: 'x'.repeat(120) }) });

    end(1);

    expect(await shown(register)).toHaveLength(1);
  });

  it('must be a function', () => {
    expect(() => observing({ exemplars: {} as never })).toThrow(Misuse);
  });
});
