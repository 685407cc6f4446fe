import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type FaultProxy, startFaultProxy } from '@holdfast/testing';
import { AlertFaults } from './support/alert-faults.js';
import { PrometheusServer } from './support/prometheus-server.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';
import { scaledRules } from './support/scaled-rules.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';
import { until } from './support/until.js';

const rulesFile = path.resolve(__dirname, '../../../packages/metrics/observability/rules/holdfast.rules.yaml');
const EVALUATION_MS = 250;
const FIRES_WITHIN_MS = 40_000;
const RESOLVES_WITHIN_MS = 40_000;

/** What each fault is to be noticed by; those whose alerts others bring about, too, come first. */
const faults = [
  ['answers of the database come late', 'lateAnswers', ['HoldfastLatencyHigh', 'HoldfastSlowOperations']],
  [
    'somebody keeps rows locked that everybody wants',
    'lockedRows',
    ['HoldfastPoolSaturated', 'HoldfastPoolExhausted', 'HoldfastBulkheadFull'],
  ],
  ['an operation is not answered', 'heldOperation', ['HoldfastOperationsStuck']],
  ['transactions wait for each other', 'deadlocks', ['HoldfastTransactionsCollide']],
  [
    'the answers to commits are lost, and nobody can tell what became of them',
    'lostCommits',
    ['HoldfastCommitAnswersLost', 'HoldfastCommitUnknown'],
  ],
  [
    'the database cannot be reached',
    'unreachable',
    [
      'HoldfastBreakerOpen',
      'HoldfastCallsRejected',
      'HoldfastErrorBudgetBurnFast',
      'HoldfastErrorBudgetBurnSteady',
      'HoldfastErrorBudgetBurnSlow',
    ],
  ],
  ['the database comes and goes', 'comingAndGoing', ['HoldfastBreakerFlapping']],
  ['new connections come late', 'lateConnections', ['HoldfastConnectionWait']],
  ['connections are lost now and then', 'lostConnections', ['HoldfastRetryStorm', 'HoldfastRetryBudgetExhausted']],
] as const satisfies readonly (readonly [string, keyof AlertFaults, readonly string[]])[];

/** What no fault of the database's brings about, and why; their rules are tested with made series. */
const notProvoked: Readonly<Record<string, string>> = {
  HoldfastErrorsAtLowTraffic: 'a tenth of a call each second takes hours to count',
  HoldfastBreakerIsolated: 'somebody isolates a breaker by hand',
  HoldfastFallbacksServed: 'the demo has no fallback',
  HoldfastCacheHitRatioFallen: 'the demo caches nothing',
  HoldfastCacheFailsOpen: 'the demo caches nothing',
  HoldfastCacheSlow: 'the demo caches nothing',
  HoldfastCacheInvalidationsPending: 'the demo caches nothing',
  HoldfastCacheInvalidationsLost: 'the demo caches nothing',
  HoldfastLabelOverflow: 'the demo has few operations and one database',
};

const isLeftOut = !PrometheusServer.isInstalled();
if (isLeftOut) console.warn('Left out: prometheus is not installed (package prometheus of Debian).');

(isLeftOut ? describe.skip : describe)('the alerts in the box, in a Prometheus that scrapes the demo', () => {
  const rules = readFileSync(rulesFile, 'utf8');
  let scratch: ScratchDatabase;
  let proxy: FaultProxy;
  let demo: RunningDemo;
  let prometheus: PrometheusServer;
  let provoke: AlertFaults;

  beforeAll(async () => {
    scratch = await scratchDatabase();
    const { hostname, port } = new URL(scratch.url);
    proxy = await startFaultProxy({ host: hostname, port: Number(port), seed: 1 });
    demo = await runDemo({ databaseUrl: proxy.through(scratch.url) });
    provoke = await AlertFaults.on({ demo, proxy, databaseUrl: scratch.url });
    prometheus = await PrometheusServer.start({
      address: demo.address,
      rules: scaledRules(rules, EVALUATION_MS),
      scrapeIntervalMs: EVALUATION_MS,
      evaluationIntervalMs: EVALUATION_MS,
    });
  });
  afterEach(async () => {
    await proxy.heal();
  });
  afterAll(async () => {
    await provoke.end();
    await prometheus.stop();
    await demo.stop();
    await proxy.close();
    await scratch.drop();
  });

  async function firing(): Promise<ReadonlySet<string>> {
    return new Set((await prometheus.alerts()).filter(({ state }) => state === 'firing').map(({ name }) => name));
  }

  async function untilOver(alerts: readonly string[]): Promise<void> {
    await until(`The end of ${alerts.join(', ')}`, RESOLVES_WITHIN_MS, async () => {
      const now = await firing();
      return alerts.some((name) => now.has(name)) ? null : true;
    });
  }

  it('are each provoked here, or it is said why not', () => {
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name!);
    expect(alerts.toSorted()).toEqual([...faults.flatMap(([, , names]) => names), ...Object.keys(notProvoked)].sort());
  });

  it('are silent while all goes well', async () => {
    const end = await provoke.nothing();
    try {
      await until('Calls that Prometheus has seen', FIRES_WITHIN_MS, async () => {
        const [seen] = await prometheus.query('sum(job_layer:holdfast_operations:rate3d)');
        return seen !== undefined && seen.value > 10 ? true : null;
      });
    } finally {
      await end();
    }
    expect([...(await firing())]).toEqual([]);
    expect(await prometheus.brokenRules()).toEqual([]);
  });

  it.each(faults)('fire when %s, and end when that has ended', async (title, fault, alerts: readonly string[]) => {
    // Given
    await untilOver(alerts);

    // When
    const begin = performance.now();
    const end = await provoke[fault]();
    const firedAfter = new Map<string, number>();
    const missing = (): string => alerts.filter((name) => !firedAfter.has(name)).join(', ');
    try {
      await until(missing, FIRES_WITHIN_MS, async () => {
        const now = await firing();
        for (const name of alerts) {
          if (now.has(name) && !firedAfter.has(name)) firedAfter.set(name, performance.now() - begin);
        }
        return firedAfter.size === alerts.length ? true : null;
      });
    } finally {
      await end();
    }
    const ended = performance.now();

    // Then
    await untilOver(alerts);
    const fired = [...firedAfter].map(([name, ms]) => `${name} after ${(ms / 1000).toFixed(1)} s`).join(', ');
    process.stdout.write(`${title}: ${fired}; over ${((performance.now() - ended) / 1000).toFixed(1)} s later\n`);
  });
});
