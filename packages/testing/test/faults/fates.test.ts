import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { FaultKind, FaultTrigger } from '@holdfast/testing';
import { type Ledger, openLedger, pidOf, type Truth } from './fixture/ledger.js';

const ENDED = 'Connection terminated unexpectedly';

interface Way {
  readonly at: FaultTrigger;
  /** What comes before the statement that is hit. */
  before(client: pg.Client, line: number): Promise<unknown>;
  ask(client: pg.Client, line: number): Promise<unknown>;
}

const insert = 'INSERT INTO ledger VALUES ($1)';
const nothing = async (): Promise<void> => {};
const begun = async (client: pg.Client, line: number): Promise<void> => {
  await client.query('BEGIN');
  await client.query(insert, [line]);
};

const ways: Readonly<Record<string, Way>> = {
  'a simple COMMIT': { at: 'commit', before: begun, ask: (client) => client.query('COMMIT') },
  'a simple END': { at: 'commit', before: begun, ask: (client) => client.query('/* so be it */ end;') },
  'an extended COMMIT': {
    at: 'commit',
    before: begun,
    ask: (client) => client.query({ text: 'COMMIT', queryMode: 'extended' } as pg.QueryConfig),
  },
  'a COMMIT that was prepared before': {
    at: 'commit',
    before: async (client, line) => {
      await client.query({ name: 'the end', text: 'COMMIT' });
      await begun(client, line);
    },
    ask: (client) => client.query({ name: 'the end', text: 'COMMIT' }),
  },
  'the Sync of a write': { at: 'sync', before: nothing, ask: (client, line) => client.query(insert, [line]) },
  'any Sync': { at: 'anySync', before: nothing, ask: (client, line) => client.query(insert, [line]) },
  'a COMMIT told by its text': { at: { sql: /^commit$/i }, before: begun, ask: (client) => client.query('COMMIT') },
};

const fates: readonly (readonly [fault: FaultKind, truth: Truth, seen: string, held: number])[] = [
  ['cutBefore', 'aborted', ENDED, 0],
  ['resetBefore', 'aborted', 'read ECONNRESET', 0],
  ['cutAfter', 'committed', ENDED, 0],
  ['resetAfter', 'committed', 'read ECONNRESET', 0],
  ['holdBefore', 'in progress', 'nothing', 1],
  ['holdAfter', 'committed', 'nothing', 1],
  ['clientCutServerHold', 'in progress', ENDED, 1],
  ['dropToServer', 'in progress', 'nothing', 1],
  ['dropToClient', 'committed', 'nothing', 1],
];

let ledger: Ledger;
let line = 0;

beforeAll(async () => {
  ledger = await openLedger();
});

afterAll(() => ledger.close());

describe.each(Object.entries(ways))('At %s', (_way, { at, before, ask }) => {
  it.each(fates)('%s leaves the transaction %s; the client sees: %s', async (fault, truth, seen, held) => {
    const { proxy } = ledger;
    const client = await ledger.connect();
    const pid = pidOf(client);
    await before(client, ++line);
    const earlier = proxy.landed[fault];

    const landing = proxy.next({ fault, at });
    const outcome = ask(client, line).catch((error: Error) => error.message);
    const landed = await landing;

    expect(landed).toMatchObject({ kind: fault, at });
    expect(proxy.landed[fault]).toBe(earlier + 1);
    expect(proxy.held).toBe(held);
    expect(await Promise.race([outcome, seen === 'nothing' ? anotherTrip() : outcome])).toBe(seen);
    await ledger.becomes(truth, line, pid);
    if (truth === 'in progress') {
      await ledger.terminate(pid);
      await ledger.becomes('aborted', line, pid);
    }
    // What the server says in the end reaches the client where only the other direction is lost.
    if (fault === 'dropToServer') expect(await outcome).toMatch(/^terminating connection/);
    await proxy.releaseHeld();
    expect(await outcome).toMatch(seen === 'nothing' ? /^terminating connection|^Connection terminated/ : seen);
    expect(proxy.held).toBe(0);
  });
});

/** Through the proxy and back, while another connection is silent. */
async function anotherTrip(): Promise<'nothing'> {
  const other = await ledger.connect();
  await other.query('SELECT 1');
  await other.query('SELECT 2');
  return 'nothing';
}
