import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { faultKinds, type FaultProxy, startFaultProxy } from '@holdfast/testing';
import { type Ledger, openLedger } from './fixture/ledger.js';

let ledger: Ledger;

beforeEach(async () => {
  ledger = await openLedger(42);
});

afterEach(() => ledger.close());

/** What becomes of `count` writes, one after the other. */
async function outcomes(proxy: FaultProxy, count: number): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let line = 0; line < count; line++) {
    const { landed } = proxy;
    const client = await ledger.connect({}, proxy);
    await client.query('INSERT INTO ledger VALUES ($1)', [line]).catch(() => {});
    seen.push(faultKinds.find((kind) => proxy.landed[kind] > landed[kind]) ?? 'none');
    await client.end();
  }
  return seen;
}

async function another(seed?: number): Promise<FaultProxy> {
  const { hostname: host, port } = new URL(ledger.url);
  return startFaultProxy({ host, port: Number(port || 5432), ...(seed !== undefined && { seed }) });
}

describe('A storm', () => {
  const storm = { share: 0.5, faults: ['cutBefore', 'cutAfter', 'resetAfter'], at: ['commit', 'sync'] } as const;

  it('hits the same messages by the same faults for the same seed, and others for another', async () => {
    const [same, other] = [await another(42), await another(43)];
    for (const proxy of [ledger.proxy, same, other]) proxy.storm(storm);

    const seen = await outcomes(ledger.proxy, 40);

    expect(new Set(seen)).toEqual(new Set(['none', ...storm.faults]));
    expect(await outcomes(same, 40)).toEqual(seen);
    expect(await outcomes(other, 40)).not.toEqual(seen);
    await same.close();
    await other.close();
  });

  it('tells its seed, which is one of chance unless it is given', async () => {
    const proxies = [await another(), await another()] as const;

    expect(ledger.proxy.seed).toBe(42);
    expect(proxies[0].seed).not.toBe(proxies[1].seed);
    for (const proxy of proxies) await proxy.close();
  });

  it('hits no message for a share of 0 and every one for a share of 1, only where it is aimed, until it is calm', async () => {
    const { proxy } = ledger;

    proxy.storm({ ...storm, share: 0 });
    expect(await outcomes(proxy, 5)).toEqual(Array(5).fill('none'));
    proxy.storm({ share: 1, faults: ['cutAfter'], at: ['sync'] });
    expect(await outcomes(proxy, 5)).toEqual(Array(5).fill('cutAfter'));
    proxy.storm({ share: 1, faults: ['cutAfter'], at: ['commit', { sql: /DELETE/ }] });
    expect(await outcomes(proxy, 5)).toEqual(Array(5).fill('none'));
    proxy.storm({ share: 1, faults: ['delay'], at: ['sync'], delayMs: 1 });
    proxy.calm();
    expect(await outcomes(proxy, 5)).toEqual(Array(5).fill('none'));
    expect(proxy.landed).toEqual({ ...Object.fromEntries(faultKinds.map((kind) => [kind, 0])), cutAfter: 5 });
  });

  it('delays and goes on, on the same connection', async () => {
    const { proxy } = ledger;
    proxy.storm({ share: 1, faults: ['delay'], at: ['anySync'], delayMs: 1, answerDelayMs: 1 });
    const client = await ledger.connect();

    for (let line = 0; line < 5; line++) await client.query('INSERT INTO ledger VALUES ($1)', [line]);

    expect(proxy.landed.delay).toBe(5);
    expect(await ledger.ask('SELECT count(*)::int AS count FROM ledger')).toEqual([{ count: 5 }]);
  });

  it('gives way to a fault that was aimed', async () => {
    const { proxy } = ledger;
    proxy.storm({ share: 1, faults: ['cutBefore'], at: ['sync'] });
    const landing = proxy.next({ fault: 'resetAfter', at: 'sync' });

    expect(await outcomes(proxy, 2)).toEqual(['resetAfter', 'cutBefore']);
    expect((await landing).kind).toBe('resetAfter');
  });
});
