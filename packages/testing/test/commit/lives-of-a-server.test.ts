import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AmbiguousCommitError,
  guardedPool,
  newId,
  operationKey,
  operationKeyMigrations,
  type WriteOptions,
} from '@holdfast/base';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import type { FaultKind, FaultTrigger } from '@holdfast/testing';
import { DurableServer, options as serverOptions } from './fixture/durable-server.js';
import { entries, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

// Processes are found by the kernel's list of them.
const isLinux = process.platform === 'linux';
if (!isLinux) process.stderr.write('Left out: the lives of servers that are killed, which takes Linux.\n');
const describeLives = isLinux ? describe : describe.skip;

let folder: string;
let server: DurableServer;
let lossy: LossyDatabase;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'holdfast-standby-'));
  server = await DurableServer.start();
  lossy = await lossyDatabase({ server: server.url, pool: guardedPool({ max: 1 }) });
  await lossy.database.migrate(operationKeyMigrations);
});
afterEach(() => lossy.proxy.heal());
afterAll(async () => {
  await lossy.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

interface LostWrite {
  readonly id: string;
  /** Of its transaction. */
  readonly transactionId: string;
  /** What the call comes to. */
  readonly outcome: Promise<unknown>;
}

/** A dbSession whose COMMIT meets a fault that nobody sees before it is released. */
async function loseCommit(fault: FaultKind, options: WriteOptions = {}): Promise<LostWrite> {
  const id = newId();
  let transactionId = '';
  // Nothing of it is to be written out by others.
  await lossy.ask('CHECKPOINT');
  const landing = lossy.proxy.next({ fault, at: 'commit' });
  const outcome = lossy.database
    .beginSession(
      async (dbSession) => {
        await dbSession.execute(entries.create(red, { values: { id, label: id } }));
        const [row] = await dbSession.sql<{ id: string }>`SELECT pg_current_xact_id()::text AS id`;
        transactionId ||= row!.id;
        return 'the value of the closure';
      },
      { name: 'enter', ...options },
    )
    .catch((error: unknown) => error);
  expect(await Promise.race([landing, outcome])).toMatchObject({ kind: fault });
  return { id, transactionId, outcome };
}

const statusOf = async (transactionId: string): Promise<string | null> => {
  const [row] = await server.ask<{ status: string | null }>('SELECT pg_xact_status($1::xid8) AS status', [
    transactionId,
  ]);
  return row!.status;
};

/** Others commit until one of them has the id. */
async function giveAway(transactionId: string): Promise<void> {
  for (;;) {
    const [row] = await server.ask<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
    if (BigInt(row!.id) >= BigInt(transactionId)) return;
  }
}

const crashes: readonly (readonly [string, () => Promise<void>])[] = [
  [
    'a process of the server is killed',
    async () => {
      const [row] = await server.ask<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`,
      );
      await server.killProcess(row!.pid);
    },
  ],
  [
    'the server is killed',
    async () => {
      await server.kill();
      await server.startAgain();
    },
  ],
];

describeLives.each(crashes)('When %s', (_, crash) => {
  it('a COMMIT that never arrived is not taken for the one of a stranger that was given its id', async () => {
    const { id, transactionId, outcome } = await loseCommit('holdBefore');
    await crash();
    await giveAway(transactionId);
    // This is what the server says of a write that never happened.
    expect(await statusOf(transactionId)).toBe('committed');
    expect(await lossy.effects(id)).toEqual([]);

    await lossy.proxy.releaseHeld();

    const error = await outcome;
    expect(error).toBeInstanceOf(AmbiguousCommitError);
    expect(error).toMatchObject({ outcome: 'unknown', retryable: false });
    expect(await (error as AmbiguousCommitError).resolve()).toBe('unknown');
    expect(lossy.resolved.at(-1)).toMatchObject({ verdict: 'unknown' });
    expect(await lossy.effects(id)).toEqual([]);
  });

  it('its operation key knows that it never arrived, and it is made again', async () => {
    const { id, transactionId, outcome } = await loseCommit('holdBefore', {
      operationKey: operationKey(newId(), { scope: red }),
    });
    await crash();
    await giveAway(transactionId);
    expect(await statusOf(transactionId)).toBe('committed');

    await lossy.proxy.releaseHeld();

    expect(await outcome).toBe('the value of the closure');
    expect(lossy.resolved.at(-1)).toMatchObject({ verdict: 'not-committed' });
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it('its operation key knows that it was committed', async () => {
    const { id, outcome } = await loseCommit('holdAfter', { operationKey: operationKey(newId(), { scope: red }) });
    await crash();

    await lossy.proxy.releaseHeld();

    expect(await outcome).toBe('the value of the closure');
    expect(lossy.resolved.at(-1)).toMatchObject({ verdict: 'committed' });
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it('a COMMIT that never arrived is made again while nobody has its id', async () => {
    const { id, transactionId, outcome } = await loseCommit('holdBefore');
    await crash();
    await expect(statusOf(transactionId)).rejects.toMatchObject({ code: '22023' });

    await lossy.proxy.releaseHeld();

    expect(await outcome).toBe('the value of the closure');
    expect(lossy.resolved.at(-1)).toMatchObject({ verdict: 'not-committed' });
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it('nobody is told that a COMMIT was done, even if it was, where it might be another one', async () => {
    const { id, transactionId, outcome } = await loseCommit('holdAfter');
    await crash();
    expect(await statusOf(transactionId)).toBe('committed');

    await lossy.proxy.releaseHeld();

    expect(await outcome).toBeInstanceOf(AmbiguousCommitError);
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it.each<[FaultKind, FaultTrigger]>([
    ['holdAfter', 'sync'],
    ['holdBefore', { sql: /^INSERT/ }],
  ])('a creation whose key is made here is stored once: %s', async (fault, at) => {
    const label = newId();
    const landing = lossy.proxy.next({ fault, at });
    const creation = lossy.database.execute(entries.create(red, { values: { label } }));
    await landing;
    await crash();

    await lossy.proxy.releaseHeld();

    const { id } = await creation;
    expect(await lossy.effects(id)).toEqual(['INSERT']);
    expect(await lossy.ask('SELECT id FROM entries WHERE label = $1', [label])).toEqual([{ id }]);
  });
});

describeLives('When the server is stopped in order and comes back', () => {
  it.each<[FaultKind, string]>([
    ['holdAfter', 'committed'],
    ['holdBefore', 'not-committed'],
  ])('a COMMIT is resolved all the same, %s: %s', async (fault, verdict) => {
    const { id, outcome } = await loseCommit(fault);
    await server.shutDown();
    await lossy.proxy.releaseHeld();

    await server.startAgain();

    expect(await outcome).toBe('the value of the closure');
    expect(lossy.resolved.at(-1)).toMatchObject({ verdict });
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });
});

describeLives('When somebody has reset the statistics, so that it looks like a crash', () => {
  /** While its closure runs, and its connection has been asked already what it leads to. */
  const write = (id: string): Promise<unknown> =>
    lossy.database
      .beginSession(
        async (dbSession) => {
          await dbSession.execute(entries.create(red, { values: { id, label: id } }));
          await server.ask(`SELECT pg_stat_reset_shared('wal')`);
        },
        { deadlineMs: 2_000 },
      )
      .catch((error: unknown) => error);

  it('a COMMIT that was done is unknown', async () => {
    const id = newId();
    void lossy.proxy.next({ fault: 'cutAfter', at: 'commit' });

    expect(await write(id)).toBeInstanceOf(AmbiguousCommitError);
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it('a transaction that goes on is not taken for undone', async () => {
    const id = newId();
    void lossy.proxy.next({ fault: 'clientCutServerHold', at: 'commit' });

    const error = await write(id);

    expect(error).toBeInstanceOf(AmbiguousCommitError);
    await lossy.proxy.releaseHeld();
    expect(await (error as AmbiguousCommitError).resolve()).toBe('not-committed');
    expect(await lossy.effects(id)).toEqual([]);
  });
});

describeLives('When a COMMIT waits for a standby that is not there', () => {
  const waiting = `SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE wait_event = 'SyncRep' AND datname = current_database()`;

  async function somebodyWaits(): Promise<true> {
    while ((await server.ask<{ count: number }>(waiting))[0]!.count === 0) await delay(10);
    return true;
  }

  /** The server makes the setting its own some time after it was told, and COMMITs go on until then. */
  async function commitsWait(): Promise<void> {
    await server.ask(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`);
    await server.ask('SELECT pg_reload_conf()');
    const goesOn = (): Promise<false> =>
      server.ask(`SELECT pg_logical_emit_message(true, 'holdfast', 'a commit')`).then(() => false);
    const waits = somebodyWaits();
    while (!(await Promise.race([goesOn(), waits])));
  }

  async function commitsGoOn(): Promise<void> {
    await server.ask('ALTER SYSTEM RESET synchronous_standby_names');
    await server.ask('SELECT pg_reload_conf()');
  }

  it('it is neither ended nor taken for done before it is', async () => {
    const patient = await lossyDatabase({ server: server.url, pool: guardedPool({ max: 1, query_timeout: 200 }) });
    const id = newId();
    try {
      await commitsWait();

      const error = await patient.database
        .execute(entries.create(red, { values: { id, label: id } }), { deadlineMs: 2_000 })
        .catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(AmbiguousCommitError);
      expect(await patient.ask(waiting)).toEqual([{ count: 1 }]);
      await commitsGoOn();
      expect(await (error as AmbiguousCommitError).resolve()).toBe('committed');
      expect(await patient.effects(id)).toEqual(['INSERT']);
    } finally {
      await commitsGoOn();
      await patient.close();
    }
  });
});

// The last of all: from now on it is another server.
describeLives('When another server has taken over that had not got everything', () => {
  it('a COMMIT that it never got is not taken for the one of a stranger that was given its id', async () => {
    // A copy of the data at rest is a standby, too: pg_basebackup is not packaged.
    const directory = path.join(folder, 'data');
    await server.shutDown();
    chmodSync(folder, 0o755);
    expect(spawnSync('cp', ['-a', server.dataDirectory, directory]).status).toBe(0);
    writeFileSync(path.join(directory, 'standby.signal'), '');
    const { port, hostname } = new URL(server.url);
    appendFileSync(
      path.join(directory, 'postgresql.auto.conf'),
      `\nprimary_conninfo = 'host=${hostname} port=${port} user=postgres'\n`,
    );
    await server.startAgain();
    const standby = await startEmbeddedPostgres({ ...serverOptions, directory });
    const become = async (sql: string): Promise<void> => {
      while (!Object.values((await server.ask<object>(sql, [], standby.url))[0] ?? {})[0]) await delay(10);
    };
    await lossy.ask('CREATE TABLE replicated ()');
    await become(`SELECT pg_last_wal_receive_lsn() IS NOT NULL AND EXISTS (SELECT FROM pg_stat_wal_receiver)`);
    await server.ask(`ALTER SYSTEM SET primary_conninfo = ''`, [], standby.url);
    await server.ask('SELECT pg_reload_conf()', [], standby.url);
    await become('SELECT NOT EXISTS (SELECT FROM pg_stat_wal_receiver)');

    const lost = await loseCommit('holdAfter');
    expect(await lossy.effects(lost.id)).toEqual(['INSERT']);
    await server.kill();
    await server.ask('SELECT pg_promote()', [], standby.url);
    await standby.stop();
    await server.startAgain(directory);
    await giveAway(lost.transactionId);
    expect(await statusOf(lost.transactionId)).toBe('committed');
    expect(await lossy.effects(lost.id)).toEqual([]);

    await lossy.proxy.releaseHeld();

    const error = await lost.outcome;
    expect(error).toBeInstanceOf(AmbiguousCommitError);
    expect(await (error as AmbiguousCommitError).resolve()).toBe('unknown');
  });
});
