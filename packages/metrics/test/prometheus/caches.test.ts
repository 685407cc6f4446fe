import { describe, expect, it } from '@jest/globals';
import { type CacheAnswered, type CacheInvalidated, type OperationLayer, publishOperation } from '@holdfast/operation';
import { lines, observing } from './observing.js';

const agents = layer('agent_cache_source');

function layer(name: string): OperationLayer {
  return Object.freeze({ domain: 'cache_source', layer: name });
}

function answered(
  at: OperationLayer,
  answer: CacheAnswered['answer'],
  durationMs = 1,
  source: object | null = null,
): void {
  publishOperation({ kind: 'cache-answered', at, operation: 'get', source, answer, durationMs });
}

function failed(at: OperationLayer, operation: string): void {
  publishOperation({ kind: 'cache-failed', at, operation, source: null, error: new Error('gone') });
}

function invalidated(at: OperationLayer, outcome: CacheInvalidated['outcome'], keys: number): void {
  publishOperation({ kind: 'cache-invalidated', at, operation: 'resume', source: null, keys, outcome });
}

function pending(at: OperationLayer, keys: number): void {
  publishOperation({ kind: 'cache-invalidations-pending', at, operation: 'invalidate', source: null, keys });
}

describe('a cache source', () => {
  it('shows how its reads were answered, all answers from the first event on', async () => {
    const register = observing();

    answered(agents, 'hit');
    answered(agents, 'hit');
    answered(agents, 'joined');

    expect(await lines(register, 'cache_read_count')).toEqual({
      '{layer="agent_cache_source",answer="hit"}': 2,
      '{layer="agent_cache_source",answer="negative"}': 0,
      '{layer="agent_cache_source",answer="stale"}': 0,
      '{layer="agent_cache_source",answer="miss"}': 0,
      '{layer="agent_cache_source",answer="joined"}': 1,
    });
  });

  it('shows how long its reads took', async () => {
    const register = observing();

    answered(agents, 'hit', 0.2);
    answered(agents, 'miss', 5);

    expect(await lines(register, 'cache_read_duration_sec')).toMatchObject({
      '_bucket{le="0.0001",layer="agent_cache_source"}': 0,
      '_bucket{le="0.00025",layer="agent_cache_source"}': 1,
      '_bucket{le="0.01",layer="agent_cache_source"}': 2,
      '_count{layer="agent_cache_source"}': 2,
    });
  });

  it('shows what it could not do, and nothing of what it could', async () => {
    const register = observing();

    failed(agents, 'fill');

    expect(await lines(register, 'cache_failure_count')).toEqual({
      '{layer="agent_cache_source",operation="get"}': 0,
      '{layer="agent_cache_source",operation="fill"}': 1,
      '{layer="agent_cache_source",operation="suspend"}': 0,
      '{layer="agent_cache_source",operation="resume"}': 0,
      '{layer="agent_cache_source",operation="invalidate"}': 0,
    });
  });

  it('counts the keys of invalidations, not the invalidations', async () => {
    const register = observing();

    invalidated(agents, 'suspended', 3);
    invalidated(agents, 'delivered', 2);
    invalidated(agents, 'failed', 1);

    expect(await lines(register, 'cache_invalidation_count')).toEqual({
      '{layer="agent_cache_source",outcome="suspended"}': 3,
      '{layer="agent_cache_source",outcome="delivered"}': 2,
      '{layer="agent_cache_source",outcome="failed"}': 1,
      '{layer="agent_cache_source",outcome="late"}': 0,
      '{layer="agent_cache_source",outcome="expired"}': 0,
      '{layer="agent_cache_source",outcome="refused"}': 0,
    });
  });

  it('shows how many keys wait, those of two sources of one layer together', async () => {
    const register = observing();
    const others = layer('agent_cache_source');

    pending(agents, 3);
    pending(others, 2);
    expect(await lines(register, 'cache_pending_invalidations')).toEqual({ '{layer="agent_cache_source"}': 5 });
    pending(agents, 0);
    pending(others, 1);
    expect(await lines(register, 'cache_pending_invalidations')).toEqual({ '{layer="agent_cache_source"}': 1 });
  });

  it('is counted for the application that it belongs to, and no other', async () => {
    const [app, other] = [{}, {}];
    const register = observing({ source: app });

    answered(agents, 'hit', 1, app);
    answered(agents, 'hit', 1, other);
    answered(agents, 'hit');

    expect(await lines(register, 'cache_read_count')).toMatchObject({ '{layer="agent_cache_source",answer="hit"}': 1 });
  });

  it('starts over when its registry resets its metrics, but for what waits', async () => {
    const register = observing();
    answered(agents, 'miss');
    failed(agents, 'get');
    invalidated(agents, 'failed', 1);
    pending(agents, 1);

    register.resetMetrics();

    const page = await register.metrics();
    const left = page.split('\n').filter((line) => line.startsWith('backendai_cache_') && !line.endsWith(' 0'));
    expect(left).toEqual(['backendai_cache_pending_invalidations{layer="agent_cache_source"} 1']);
  });
});

it('no caller can fill the memory with layers of caches, nor with what is asked of them', async () => {
  const register = observing({ maxLabelValues: 3 });

  for (let index = 0; index < 50; index += 1) {
    answered(layer(`source_${index}`), 'hit');
    failed(agents, `operation${index}`);
  }

  const reads = await lines(register, 'cache_read_count');
  expect(Object.keys(reads)).toHaveLength(4 * 5);
  expect(reads['{layer="_other",answer="hit"}']).toBe(48);
  const failures = await lines(register, 'cache_failure_count');
  expect(new Set(Object.keys(failures).map((key) => /operation="(\w+)"/.exec(key)![1])).size).toBeLessThanOrEqual(4);
  expect(Object.values(failures).reduce((sum, count) => sum + count)).toBe(50);
});
