import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type FaultKind, type FaultPlan, type FaultStorm, startFaultProxy } from '@holdfast/testing';
import { type Ledger, openLedger, pidOf } from './fixture/ledger.js';

const HOUR = 3_600_000;
const insert = 'INSERT INTO ledger VALUES ($1)';

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

let ledger: Ledger;

beforeEach(async () => {
  ledger = await openLedger();
});

afterEach(() => ledger.close());

describe('The end of a fault proxy', () => {
  it('leaves nothing open, whatever was going on', async () => {
    const { proxy } = ledger;
    const timersBefore = timers();
    const plans: readonly FaultPlan[] = [
      { fault: 'holdBefore', at: 'sync' },
      { fault: 'holdAfter', at: 'sync' },
      { fault: 'dropToServer', at: 'sync' },
      { fault: 'dropToClient', at: 'sync' },
      { fault: 'clientCutServerHold', at: 'sync' },
    ];
    const lost: Promise<unknown>[] = [];
    const write = async (): Promise<void> => {
      const client = await ledger.connect();
      lost.push(expect(client.query(insert, [1])).rejects.toThrow());
    };
    for (const plan of plans) {
      const landing = proxy.next(plan);
      await write();
      await landing;
    }
    expect(proxy.held).toBe(plans.length);
    const late = [
      proxy.next({ fault: 'delay', at: 'sync', delayMs: HOUR }),
      proxy.next({ fault: 'delay', at: 'sync', answerDelayMs: HOUR }),
      proxy.next({ fault: 'cutAfter', at: { sql: /pg_sleep/ } }),
    ].map((landing) => expect(landing).rejects.toThrow(Misuse));
    await write();
    await write();
    const sleeper = await ledger.connect();
    lost.push(expect(sleeper.query('SELECT pg_sleep(3600)')).rejects.toThrow());
    const running = `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = 'active'`;
    while ((await ledger.ask(running)).length === 0);
    await ledger.connect();
    await ledger.terminate(pidOf(sleeper));

    await proxy.close();

    expect([proxy.connections, proxy.held]).toEqual([0, 0]);
    expect(timers()).toBe(timersBefore);
    await Promise.all([...lost, ...late]);
    await expect(once(connect(proxy.port, proxy.host), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const left = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'INSERT%'`;
    while ((await ledger.ask(left)).length > 0);
    await proxy.close();
  });

  it('of what is held comes by releaseHeld alone, or by heal, which also calms', async () => {
    const { proxy } = ledger;
    const free = await ledger.connect();
    const held = [await ledger.connect(), await ledger.connect()] as const;
    const lost = [];
    for (const client of held) {
      const landing = proxy.next({ fault: 'holdAfter', at: 'sync' });
      lost.push(expect(client.query(insert, [1])).rejects.toThrow());
      await landing;
    }
    expect([proxy.held, proxy.connections]).toEqual([2, 3]);
    proxy.storm({ share: 1, faults: ['cutBefore'], at: ['commit'] });

    await proxy.releaseHeld();

    await Promise.all(lost);
    expect([proxy.held, proxy.connections]).toEqual([0, 1]);
    const aimed = expect(proxy.next({ fault: 'cutBefore', at: 'sync' })).rejects.toThrow(Misuse);
    await proxy.heal();
    await aimed;
    await free.query('BEGIN');
    await free.query('COMMIT');
  });

  it('of what is held also comes when both sides have given it up', async () => {
    const { proxy } = ledger;
    const client = await ledger.connect();
    const landing = proxy.next({ fault: 'clientCutServerHold', at: 'sync' });
    await expect(client.query(insert, [1])).rejects.toThrow();
    await landing;
    expect(proxy.held).toBe(1);

    await ledger.terminate(pidOf(client));

    while (proxy.connections > 0) await ledger.ask('SELECT 1');
    expect(proxy.held).toBe(0);
  });
});

describe('A fault at the start of a connection', () => {
  it.each<[FaultKind, string | RegExp]>([
    ['cutBefore', 'Connection terminated unexpectedly'],
    ['cutAfter', 'Connection terminated unexpectedly'],
    ['clientCutServerHold', 'Connection terminated unexpectedly'],
    ['resetBefore', 'read ECONNRESET'],
    // What is reset right behind what can be read is an end to Node.
    ['resetAfter', /read ECONNRESET|terminated unexpectedly/],
    ['holdBefore', 'timeout expired'],
    ['holdAfter', 'timeout expired'],
    ['dropToServer', 'timeout expired'],
    ['dropToClient', 'timeout expired'],
  ])('%s shows to the client as: %s, and counts for no statement', async (fault, seen) => {
    const { proxy } = ledger;
    let hasLanded = false;
    const landing = proxy.next({ fault, at: 'connect' });
    landing.then(
      () => (hasLanded = true),
      () => {},
    );

    // pg's own limit is the end of what is never answered alone; on a busy machine it may come before the fault.
    const limit = seen === 'timeout expired' ? { connectionTimeoutMillis: 300 } : {};
    do await expect(ledger.connect(limit)).rejects.toThrow(seen);
    while (!hasLanded);

    expect(await landing).toEqual({ kind: fault, at: 'connect', sql: null });
    expect(proxy.landed[fault]).toBe(0);
  });

  it('lands on a refusal, too', async () => {
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: 'connect' });

    const refused = ledger.connect({ user: 'nobody_of_this_name' });

    await expect(refused).rejects.toThrow(/^Connection terminated unexpectedly/);
    expect((await landing).kind).toBe('cutAfter');
  });

  it('is late where it is delayed', async () => {
    const landing = ledger.proxy.next({ fault: 'delay', at: 'connect', delayMs: 1, answerDelayMs: 1 });

    const client = await ledger.connect();

    await landing;
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('is none where the server is not there: the client sees a reset', async () => {
    const nobody = await startFaultProxy({ host: '127.0.0.1', port: 1 });

    await expect(ledger.connect({}, nobody)).rejects.toThrow('read ECONNRESET');

    await nobody.close();
  });

  it('needs no encryption, which is refused', async () => {
    await expect(ledger.connect({ ssl: true })).rejects.toThrow('The server does not support SSL connections');
  });
});

describe('A fault that is aimed', () => {
  it('hits the next message instead if the server is lost before it answers', async () => {
    const { proxy } = ledger;
    const client = await ledger.connect();
    const landing = proxy.next({ fault: 'cutAfter', at: { sql: /pg_sleep/ } });
    const lost = expect(client.query('SELECT pg_sleep(3600)')).rejects.toThrow();
    const running = `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = 'active'`;
    while ((await ledger.ask(running)).length === 0);

    await ledger.terminate(pidOf(client));
    await lost;
    expect(proxy.landed.cutAfter).toBe(0);
    const other = await ledger.connect();
    await expect(other.query('SELECT pg_sleep(0)')).rejects.toThrow('Connection terminated unexpectedly');

    expect(await landing).toMatchObject({ sql: 'SELECT pg_sleep(0)' });
  });

  it('waits its turn behind others that were aimed before it', async () => {
    const { proxy } = ledger;
    const landings = [
      proxy.next({ fault: 'cutAfter', at: 'commit' }),
      proxy.next({ fault: 'cutBefore', at: 'sync' }),
      proxy.next({ fault: 'resetBefore', at: 'sync' }),
    ];
    for (const seen of ['Connection terminated unexpectedly', 'read ECONNRESET']) {
      const client = await ledger.connect();
      await expect(client.query(insert, [1])).rejects.toThrow(seen);
    }
    const client = await ledger.connect();
    await client.query('BEGIN');
    await expect(client.query('COMMIT')).rejects.toThrow('Connection terminated unexpectedly');

    expect((await Promise.all(landings)).map(({ kind }) => kind)).toEqual(['cutAfter', 'cutBefore', 'resetBefore']);
  });

  it('lets later messages reach the server where only the way back is lost, and none where it is not', async () => {
    const { proxy } = ledger;
    for (const [fault, count] of [
      ['dropToClient', 2],
      ['holdAfter', 1],
    ] as const) {
      await ledger.ask('TRUNCATE ledger');
      const client = await ledger.connect();
      const landing = proxy.next({ fault, at: 'sync' });
      const lost = [1, 2].map((line) => expect(client.query(insert, [line])).rejects.toThrow());
      await landing;
      // pg sends the second only when the first is answered.
      const { connection } = client as unknown as { connection: { query(sql: string): void } };
      connection.query('INSERT INTO ledger VALUES (2)');
      if (count === 2) await ledger.becomes('committed', 2, pidOf(client));
      await proxy.releaseHeld();
      await Promise.all(lost);
      while ((await ledger.ask('SELECT FROM pg_stat_activity WHERE pid = $1', [pidOf(client)])).length > 0);
      expect(await ledger.ask('SELECT FROM ledger')).toHaveLength(count);
    }
  });

  it('must be one that can land', () => {
    const { proxy } = ledger;
    const plans = [
      { fault: 'cut', at: 'commit' },
      { fault: 'cutBefore', at: 'rollback' },
      { fault: 'cutBefore', at: { sql: 'COMMIT' } },
      { fault: 'delay', at: 'commit' },
      { fault: 'delay', at: 'commit', delayMs: -1 },
      { fault: 'cutBefore', at: 'commit', delayMs: 1 },
    ];
    const storms = [
      { share: 1.1, faults: ['cutBefore'], at: ['commit'] },
      { share: NaN, faults: ['cutBefore'], at: ['commit'] },
      { share: 1, faults: [], at: ['commit'] },
      { share: 1, faults: ['cutBefore'], at: [] },
      { share: 1, faults: ['delay'], at: ['commit'] },
    ];

    for (const plan of plans) expect(() => proxy.next(plan as FaultPlan)).toThrow(Misuse);
    for (const storm of storms) expect(() => proxy.storm(storm as unknown as FaultStorm)).toThrow(Misuse);
  });
});
