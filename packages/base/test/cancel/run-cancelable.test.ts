import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Deadline, type Clock } from '@holdfast/operation';
import pg from 'pg';
import { DeadlineExceeded } from '../../src/errors/deadline-exceeded.js';
import { cancelable } from '../../src/wire/cancelable.js';
import { fenced, needsFence } from '../../src/wire/cancel-fence.js';
import type { RunLimits } from '../../src/wire/run-limits.js';
import { GuardedClient } from '../../src/wire/guarded-client.js';
import { runCancelable } from '../../src/wire/run-cancelable.js';
import type { RunFailure } from '../../src/wire/run-failure.js';
import type { RowSink } from '../../src/wire/row-sink.js';
import { Statement, type Step } from '../../src/wire/statement.js';
import { delayingProxy } from '../fixture/delaying-proxy.js';
import { runs } from '../fixture/runs.js';
import { silentProxy } from '../fixture/silent-proxy.js';
import { testServer } from '../fixture/test-database.js';

const step = (sql: string, ...values: unknown[]): Step => ({
  statement: Statement.once(sql, null),
  values: values as never,
});
const sleep = step('SELECT pg_sleep(60)');
const pausing = (id: number, seconds: number): Step =>
  step('INSERT INTO given_up SELECT $1::int, length(pg_sleep($2::float)::text)', String(id), String(seconds));
const reason = new Error('no longer wanted');

describe.each([
  ['a guarded client', GuardedClient],
  ["pg's own client", pg.Client],
])('a statement that is given up while it runs, over %s', (_name, Client) => {
  let admin: pg.Client;
  let client: pg.Client;
  let abort: AbortController;

  beforeAll(async () => {
    admin = new pg.Client(testServer());
    await admin.connect();
    await admin.query('CREATE TABLE IF NOT EXISTS given_up (id int PRIMARY KEY, value int)');
  });
  beforeEach(async () => {
    await admin.query('TRUNCATE given_up');
    abort = new AbortController();
    client = await connected(testServer());
  });
  afterEach(() => client.end());
  afterAll(async () => {
    await admin.query('DROP TABLE given_up');
    await admin.end();
  });

  const connected = async (url: string): Promise<pg.Client> => {
    const made = new Client({ connectionString: url });
    made.on('error', () => {});
    await made.connect();
    return made;
  };
  const run = (limits: RunLimits, last: Step, before: readonly Step[] = []): Promise<[RunFailure | null, RowSink]> =>
    new Promise((resolve) => runCancelable(client, last, before, limits, (failure, sink) => resolve([failure, sink])));
  const stored = async (): Promise<unknown[]> => (await admin.query('SELECT id, value FROM given_up ORDER BY id')).rows;

  it('is cancelled by its signal, and the connection goes on', async () => {
    const running = run({ signal: abort.signal }, sleep);
    await runs(admin, client, 'PgSleep');
    abort.abort(reason);

    expect((await running)[0]).toEqual({ kind: 'canceled', error: reason });
    expect(needsFence(client)).toBe(true);
    expect(await fenced(client)).toBe('usable');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('is cancelled by its deadline, which says so', async () => {
    const [failure] = await run({ deadline: Deadline.after(300) }, sleep);

    expect(failure?.kind).toBe('canceled');
    expect(failure?.error).toBeInstanceOf(DeadlineExceeded);
    expect(failure?.error).toMatchObject({
      outcome: 'not-committed',
      message: expect.stringContaining('while a statement ran'),
    });
    expect(await fenced(client)).toBe('usable');
  });

  it('is undone with all that rode in front of it', async () => {
    const running = run({ signal: abort.signal }, sleep, [step('INSERT INTO given_up VALUES (1)')]);
    await runs(admin, client, 'PgSleep');
    abort.abort(reason);

    expect((await running)[0]?.kind).toBe('canceled');
    expect(await stored()).toEqual([]);
  });

  it('is not sent at all once its signal has aborted or its deadline has passed', async () => {
    const insert = step('INSERT INTO given_up VALUES (1)');
    const passed: Clock = { now: () => 0 } as Clock;

    expect((await run({ signal: AbortSignal.abort(reason) }, insert))[0]).toEqual({ kind: 'canceled', error: reason });
    const [failure] = await run({ deadline: Deadline.after(0, passed) }, insert);
    expect(failure?.error).toBeInstanceOf(DeadlineExceeded);
    expect(failure?.error.message).toContain('before the operation could be sent');
    expect(needsFence(client)).toBe(false);
    expect(await stored()).toEqual([]);
  });

  it('keeps its answer where that won the race', async () => {
    const waiting = new pg.Client(testServer());
    await waiting.connect();
    await waiting.query('BEGIN');
    await waiting.query('INSERT INTO given_up VALUES (1)');
    const running = run({ signal: abort.signal }, step('INSERT INTO given_up VALUES (1)'));
    await runs(admin, client, 'transactionid');
    // What the server answers is on its way before it can have heard of the cancel.
    await waiting.query('COMMIT');
    abort.abort(reason);
    const [failure] = await running;

    // It is the violation, or, where that was still to be found, the cancel.
    expect(failure).not.toBeNull();
    expect(failure!.kind === 'canceled' || (failure!.error as pg.DatabaseError).code === '23505').toBe(true);
    expect(await fenced(client)).toBe('usable');
    await waiting.end();
  });

  it('never loses a write: it is stored, or was cancelled', async () => {
    const outcomes: (string | undefined)[] = [];
    for (let i = 0; i < 150; i++) {
      const controller = new AbortController();
      // About as long as a cancel takes; however slow that is, it comes in time for the last ones.
      const running = run({ signal: controller.signal }, pausing(i, i < 140 ? (i % 15) / 1000 : 60));
      setImmediate(() => controller.abort(reason));
      const [failure] = await running;
      outcomes.push(failure?.kind);
      expect(await fenced(client)).toBe('usable');
    }

    const ids = (await stored()).map((row) => (row as { id: number }).id);
    expect(ids).toEqual(outcomes.flatMap((kind, id) => (kind === undefined ? [id] : [])));
    expect(new Set(outcomes)).toEqual(new Set([undefined, 'canceled']));
  });

  it('is cancelled even if the request was faster than the statement', async () => {
    const proxy = await delayingProxy(testServer());
    await client.end();
    client = await connected(proxy.url);
    proxy.delayNext(150);
    const running = run({ signal: abort.signal }, sleep);
    abort.abort(reason);

    expect((await running)[0]).toEqual({ kind: 'canceled', error: reason });
    expect(await fenced(client)).toBe('usable');
    await client.end();
    proxy.close();
  });

  it('is lost with its connection where the server does not answer any more', async () => {
    const proxy = await silentProxy(testServer());
    await client.end();
    client = await connected(proxy.url);
    const running = run({ signal: abort.signal }, sleep);
    await runs(admin, client, 'PgSleep');
    proxy.silence();
    abort.abort(reason);

    const [failure] = await running;
    expect(failure).toMatchObject({ kind: 'lost', error: { cause: reason } });
    expect(await fenced(client)).toBe('broken');
    proxy.close();
    await admin.query('SELECT pg_terminate_backend($1)', [(client as never as { processID: number }).processID]);
  });

  it('leaves alone what was never given up', async () => {
    const [failure, sink] = await run(
      { signal: abort.signal, deadline: Deadline.after(60_000) },
      step('INSERT INTO given_up VALUES (7, 8)'),
    );

    expect([failure, sink.affected]).toEqual([null, 1]);
    abort.abort(reason);
    expect(needsFence(client)).toBe(false);
  });

  it("may be a query of pg's own", async () => {
    const running = cancelable(client, { signal: abort.signal }, () => client.query('SELECT pg_sleep(60)'));
    await runs(admin, client, 'PgSleep');
    abort.abort(reason);

    await expect(running).rejects.toBe(reason);
    expect(await fenced(client)).toBe('usable');
  });
});
