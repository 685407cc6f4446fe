import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type EventSource, publishOperation } from '@holdfast/operation';
import type { DatabaseFigures, PoolFigures } from '@holdfast/metrics/prometheus';
import { lines, observing } from './observing.js';
import { warned } from './warnings.js';

const pool: PoolFigures = { max: 10, total: 4, idle: 1, waiting: 0 };

function database(figures: () => PoolFigures = () => pool): DatabaseFigures {
  return { poolFigures: figures };
}

function executed(source: EventSource, operation: string, error: unknown = null, entity: string | null = 'User'): void {
  publishOperation({
    ...{ kind: 'executed', at: null, source, operation, entity, error },
    ...{ durationMs: 20, waitedMs: 500, statements: 3 },
  });
}

const operations = 'database_operation_count';

describe('a database that was given to PrometheusObserver', () => {
  it('has its executed operations counted under its name, by entity, operation and success', async () => {
    const [main, archive] = [database(), database()];
    const register = observing({ databases: { main, archive } });

    executed(main, 'batchUpdate');
    executed(main, 'batchUpdate', new Error('x'));
    executed(archive, 'batchUpdate');

    const labels = 'entity="User",operation="batch_update"';
    expect(await lines(register, operations)).toEqual({
      [`{database="main",${labels},success="true"}`]: 1,
      [`{database="main",${labels},success="false"}`]: 1,
      [`{database="archive",${labels},success="true"}`]: 1,
      [`{database="archive",${labels},success="false"}`]: 0,
    });
    expect(await lines(register, 'database_statement_count')).toEqual({
      [`{database="main",${labels}}`]: 6,
      [`{database="archive",${labels}}`]: 3,
    });
    expect(await lines(register, 'database_connection_wait_sec')).toEqual({
      '{database="main"}': 1,
      '{database="archive"}': 0.5,
    });
  });

  it('has its figures at 0 before anything has happened in it', async () => {
    const register = observing({ databases: { main: database() } });

    expect(await lines(register, 'database_connection_wait_sec')).toEqual({ '{database="main"}': 0 });
    expect(await lines(register, 'database_commit_resolution_duration_sec')).toMatchObject({
      '_count{database="main"}': 0,
    });
  });

  it('has what may go wrong with an operation at 0 as soon as the operation is known', async () => {
    const main = database();
    const register = observing({ databases: { main } });

    executed(main, 'update');

    const labels = 'database="main",operation="update"';
    expect(await lines(register, 'database_replay_count')).toEqual({ [`{${labels}}`]: 0 });
    expect(await lines(register, 'database_slow_operation_count')).toEqual({
      '{database="main",entity="User",operation="update"}': 0,
    });
    expect(await lines(register, 'database_commit_resolution_count')).toEqual({
      [`{${labels},verdict="committed"}`]: 0,
      [`{${labels},verdict="not-committed"}`]: 0,
      [`{${labels},verdict="unknown"}`]: 0,
    });
  });

  it('counts an operation of no entity under an empty one', async () => {
    const main = database();
    const register = observing({ databases: { main } });

    executed(main, 'beginSession', null, null);

    expect(await lines(register, operations)).toMatchObject({
      '{database="main",entity="",operation="begin_session",success="true"}': 1,
    });
  });

  it('counts those of its operations that were slow', async () => {
    const main = database();
    const register = observing({ databases: { main } });
    const slow = { kind: 'slow', at: null, operation: 'search', entity: 'User' } as const;

    publishOperation({ ...slow, source: main, durationMs: 5000, waitedMs: 0, statements: 1, error: null });

    expect(Object.values(await lines(register, 'database_slow_operation_count'))).toEqual([1]);
    expect(Object.values(await lines(register, operations))).toEqual([0, 0]);
  });

  it('counts what it made again', async () => {
    const main = database();
    const register = observing({ databases: { main } });
    const replayed = { kind: 'replayed', at: null, operation: 'update', source: main, delayMs: 5 } as const;

    publishOperation({ ...replayed, attempt: 1, error: 'x' });
    publishOperation({ ...replayed, attempt: 2, error: 'x' });

    expect(Object.values(await lines(register, 'database_replay_count'))).toEqual([2]);
  });

  it('counts lost commits by what became of them, and shows how long finding out took', async () => {
    const main = database();
    const register = observing({ databases: { main } });
    const resolved = { kind: 'commit-resolved', at: null, operation: 'update', source: main } as const;

    publishOperation({ ...resolved, verdict: 'not-committed', durationMs: 50 });
    publishOperation({ ...resolved, verdict: 'unknown', durationMs: 4000 });

    expect(Object.values(await lines(register, 'database_commit_resolution_count'))).toEqual([0, 1, 1]);
    expect(await lines(register, 'database_commit_resolution_duration_sec')).toMatchObject({
      '_bucket{le="0.01",database="main"}': 0,
      '_bucket{le="0.1",database="main"}': 1,
      '_bucket{le="5",database="main"}': 2,
      '_sum{database="main"}': 4.05,
      '_count{database="main"}': 2,
    });
  });

  it('shows its pool as it is at each scrape', async () => {
    let now = pool;
    const register = observing({ databases: { main: database(() => now) } });

    expect(await lines(register, 'database_pool_connections')).toEqual({
      '{database="main",state="idle"}': 1,
      '{database="main",state="used"}': 3,
    });
    now = { max: 20, total: 6, idle: 0, waiting: 2 };
    expect(await lines(register, 'database_pool_connections')).toEqual({
      '{database="main",state="idle"}': 0,
      '{database="main",state="used"}': 6,
    });
    expect(await lines(register, 'database_pool_max_connections')).toEqual({ '{database="main"}': 20 });
    expect(await lines(register, 'database_pool_waiting')).toEqual({ '{database="main"}': 2 });
  });

  it('is left out with its pool where that cannot be read, reported once, and the rest of the page is there', async () => {
    const broken = database(() => {
      throw new Error('It has been closed.');
    });
    const register = observing({ databases: { broken, main: database() } });

    const warnings = await warned('HOLDFAST_FIGURES_FAILED', async () => {
      await register.metrics();
      await register.metrics();
    });

    expect(warnings).toEqual([
      "The figures of the pool of the database 'broken' are left out: Error: It has been closed.",
    ]);
    expect(await lines(register, 'database_pool_waiting')).toEqual({ '{database="main"}': 0 });
    expect(Object.keys(await lines(register, 'database_connection_wait_sec'))).toHaveLength(2);
  });

  it('is left out where a figure of its pool is no number', async () => {
    const odd = database(() => ({ ...pool, waiting: Number.NaN }));
    const register = observing({ databases: { odd } });

    const warnings = await warned('HOLDFAST_FIGURES_FAILED', async () => void (await register.metrics()));

    expect(warnings).toHaveLength(1);
    expect(await lines(register, 'database_pool_max_connections')).toEqual({});
  });

  it('is counted beside the operations of a source, and no other database is', async () => {
    const [main, other, app] = [database(), database(), {}];
    const register = observing({ source: app, databases: { main } });

    executed(main, 'get');
    executed(other, 'get');
    executed(app, 'get');
    executed(null, 'get');

    const labels = 'entity="User",operation="get",success="true"';
    expect(await lines(register, operations)).toMatchObject({
      [`{database="main",${labels}}`]: 1,
      [`{database="_other",${labels}}`]: 1,
    });
  });

  it('starts over when its registry resets its metrics, but for what its pool holds', async () => {
    const main = database();
    const register = observing({ databases: { main } });
    executed(main, 'get');
    publishOperation({
      kind: 'replayed',
      at: null,
      operation: 'get',
      source: main,
      attempt: 1,
      delayMs: 1,
      error: 'x',
    });
    const resolved = { at: null, operation: 'get', source: main, verdict: 'committed', durationMs: 1 } as const;
    publishOperation({ kind: 'commit-resolved', ...resolved });

    register.resetMetrics();

    const page = await register.metrics();
    const values = page.split('\n').filter((line) => line.startsWith('backendai_database_'));
    const left = values.filter((line) => !line.endsWith(' 0'));
    expect(left.map((line) => line.split('{')[0])).toEqual([
      'backendai_database_pool_connections',
      'backendai_database_pool_connections',
      'backendai_database_pool_max_connections',
    ]);
  });
});

describe('a Database that was not given', () => {
  it('is counted as _other, with all others', async () => {
    const register = observing({ databases: { main: database() } });

    executed(database(), 'get');
    executed(database(), 'get');
    executed(null, 'get');

    expect(await lines(register, operations)).toEqual({
      '{database="_other",entity="User",operation="get",success="true"}': 3,
      '{database="_other",entity="User",operation="get",success="false"}': 0,
    });
  });
});

describe('the labels of databases', () => {
  it('are bounded each by itself', async () => {
    const [one, two] = [database(), database()];
    const register = observing({ databases: { one, two }, maxLabelValues: 1 });

    executed(one, 'get', null, 'User');
    executed(two, 'get', null, 'Group');
    executed(one, 'update', null, 'User');

    expect(Object.keys(await lines(register, 'database_statement_count'))).toEqual([
      '{database="one",entity="User",operation="get"}',
      '{database="_other",entity="_other",operation="get"}',
      '{database="one",entity="User",operation="_other"}',
    ]);
    expect(await lines(register, 'database_pool_max_connections')).toEqual({
      '{database="one"}': 10,
      '{database="_other"}': 10,
    });
  });

  it('keep the room of given databases from what is counted as _other', async () => {
    const main = database();
    const register = observing({ databases: { main }, maxLabelValues: 1 });

    executed(null, 'get');
    executed(main, 'get');

    expect(Object.keys(await lines(register, 'database_statement_count'))).toEqual([
      '{database="_other",entity="User",operation="get"}',
      '{database="main",entity="User",operation="get"}',
    ]);
  });

  it('let no caller fill the memory with operations', async () => {
    const main = database();
    const register = observing({ databases: { main }, maxLabelValues: 3 });

    for (let index = 0; index < 100; index += 1) executed(main, `operation${index}`, null, `Entity${index}`);

    expect(Object.keys(await lines(register, 'database_statement_count')).length).toBeLessThanOrEqual(16);
    const counted = Object.values(await lines(register, operations));
    expect(counted.reduce((sum, count) => sum + count)).toBe(100);
  });
});

describe('PrometheusObserver', () => {
  it('refuses as a database what shows no figures of a pool', () => {
    expect(() => observing({ databases: { main: {} as DatabaseFigures } })).toThrow(Misuse);
  });
});
