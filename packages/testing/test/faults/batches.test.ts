import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Ledger, openLedger } from './fixture/ledger.js';
import { frames, rawClient, type RawClient } from './fixture/raw-client.js';

const { run, sync, parse, bind, execute, query } = frames;

let ledger: Ledger;
let line = 0;

beforeAll(async () => {
  ledger = await openLedger();
});

afterEach(async () => {
  await ledger.proxy.heal();
});

afterAll(() => ledger.close());

const connected = (): Promise<RawClient> => rawClient(ledger.proxy.through(ledger.url));
const insert = (one: number): string => `INSERT INTO ledger VALUES (${one})`;

/** Whether `messages` are hit by a fault at `at`, and what the one that is hit is told by. */
async function hit(at: 'commit' | 'sync' | 'anySync', client: RawClient, messages: Buffer, batches = 1) {
  const landing = ledger.proxy.next({ fault: 'holdBefore', at });
  client.send(messages);
  const answered = client.untilAnswered(batches).then(() => null);
  const landed = await Promise.race([landing, answered]);
  ledger.proxy.calm();
  return landed?.sql ?? null;
}

describe('In batches, the fault proxy', () => {
  it('finds the COMMIT in the midst of a batch, and lets through what was answered before', async () => {
    const client = await connected();
    client.send(run('SELECT 1'), run('SELECT 2'), run('SELECT 3'), sync);
    await client.untilAnswered(1);
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: 'commit' });

    client.send(Buffer.concat([run('BEGIN'), run(insert(++line)), run('COMMIT'), run('SELECT 1'), sync]));

    expect(await landing).toMatchObject({ sql: 'COMMIT' });
    expect(await client.ended).toBeNull();
    expect(client.answers).toBe('12DC12DC12DCZ' + '12C12C');
    expect(await ledger.truth(line, client.pid)).toBe('committed');
  });

  it('lets nothing through before the COMMIT in the midst of a batch is held', async () => {
    const client = await connected();
    const landing = ledger.proxy.next({ fault: 'clientCutServerHold', at: 'commit' });

    client.send(Buffer.concat([run('BEGIN'), run(insert(++line)), run('COMMIT'), sync]));

    await landing;
    await ledger.becomes('in progress', line, client.pid);
    await ledger.proxy.releaseHeld();
    await ledger.becomes('aborted', line, client.pid);
  });

  it('hits the batch that matches among pipelined ones: those before are answered, those after never come', async () => {
    const client = await connected();
    const [before, hit, after] = [++line, ++line, ++line] as const;
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: 'sync' });

    client.send(run('SELECT 1'), sync, run(`BEGIN`), run(insert(before)), sync, query('COMMIT'));
    client.send(run(insert(hit)), sync, run(insert(after)), sync);

    expect(await landing).toMatchObject({ sql: insert(hit) });
    expect(await client.ended).toBeNull();
    expect(client.answers).toBe('12DCZ' + '12C12CZ' + 'CZ');
    expect(await ledger.truth(before, client.pid)).toBe('committed');
    expect(await ledger.truth(hit, client.pid)).toBe('committed');
    await ledger.becomes('aborted', after, client.pid);
  });

  it('finds statements by the name they were prepared under, and forgets closed ones', async () => {
    const client = await connected();
    client.send(parse('mine', 'COMMIT'), parse('other', 'SELECT 1'), sync);
    await client.untilAnswered(1);

    const use = Buffer.concat([bind('there', 'other'), bind('', 'mine'), execute('there'), sync]);
    expect(await hit('commit', client, use, 2)).toBeNull();
    client.send(frames.close('mine'), parse('mine', 'SELECT 2'), bind('', 'mine'), execute(''), sync);
    await client.untilAnswered(3);
    expect(ledger.proxy.held).toBe(0);
    expect(
      await hit('commit', client, Buffer.concat([parse('mine2', 'END'), bind('', 'mine2'), execute(''), sync]), 4),
    ).toBe('END');
  });

  it.each([
    ['a write', Buffer.concat([run(insert(0)), sync]), insert(0)],
    ['a write behind settings', Buffer.concat([run('SELECT 1'), run(insert(0)), run('SELECT 2'), sync]), insert(0)],
    ['a write as a simple Query', query(insert(0)), insert(0)],
    ['a write in a comment', query('-- INSERT\nSELECT 1 /* DELETE */'), null],
    [
      'a write that begins with a comment',
      query('/* why */ (\n-- so\nWITH a AS (SELECT 1) TABLE a)'),
      '/* why */ (\n-- so\nWITH a AS (SELECT 1) TABLE a)',
    ],
    ['a read', Buffer.concat([run('SELECT 1'), sync]), null],
    ['a write in a block that begins in the batch', Buffer.concat([run('BEGIN'), run(insert(0)), sync]), null],
    [
      'a write in a block that ends in the batch',
      Buffer.concat([run('BEGIN'), run(insert(0)), run('ROLLBACK'), sync]),
      null,
    ],
    [
      'a write behind the end of a block',
      Buffer.concat([run('BEGIN'), run('ROLLBACK'), run(insert(0)), sync]),
      insert(0),
    ],
    ['a write to which a block is added', Buffer.concat([run(insert(0)), run('BEGIN'), sync]), null],
    ['a lone Sync', sync, null],
  ])('takes %s for what the server commits at its end, or not', async (_name, messages, sql) => {
    const client = await connected();

    expect(await hit('sync', client, messages)).toBe(sql);
  });

  it('knows from the server, too, that a block is open', async () => {
    const client = await connected();
    client.send(query('SELECT 1; BEGIN'));
    await client.untilAnswered(1);

    expect(await hit('sync', client, Buffer.concat([run(insert(0)), sync]), 2)).toBeNull();
    expect(await hit('sync', client, Buffer.concat([run('ROLLBACK AND CHAIN'), run(insert(0)), sync]), 3)).toBeNull();
    expect(await hit('sync', client, Buffer.concat([run('ROLLBACK'), run(insert(0)), sync]), 4)).toBe(insert(0));
  });

  it.each([
    ['SAVEPOINT s; ROLLBACK TO s', null],
    [`COMMIT PREPARED 'x'`, null],
    ['SELECT $$COMMIT$$', null],
    ['end transaction', 'end transaction'],
    ['COMMIT AND CHAIN', 'COMMIT AND CHAIN'],
    [';  Commit Work', ';  Commit Work'],
    ['COMMITTEES', null],
  ])('takes %s for a COMMIT, or not', async (sql, found) => {
    const client = await connected();
    client.send(query('BEGIN'));
    await client.untilAnswered(1);

    expect(await hit('commit', client, query(sql), 2)).toBe(found);
  });

  it('answers a COMMIT that fails as lost, too: it is aborted', async () => {
    await ledger.ask('CREATE TABLE kept (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)');
    const client = await connected();
    client.send(query('BEGIN; INSERT INTO kept VALUES (1), (1)'));
    await client.untilAnswered(1);
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: 'commit' });

    client.send(run('COMMIT'), sync);

    await landing;
    expect(await client.ended).toBeNull();
    expect(client.answers).toBe('CCZ');
    expect(await ledger.ask('SELECT * FROM kept')).toEqual([]);
  });

  it('lands at the end of a batch in which the COMMIT was skipped', async () => {
    const client = await connected();
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: 'commit' });

    client.send(run('BEGIN'), run('SELECT 1/0'), run('COMMIT'), sync);

    await landing;
    await client.ended;
    expect(client.answers).toBe('12C1E');
  });

  it('lets a COPY ask for its data before its answer is lost', async () => {
    const client = await connected();
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: { sql: /^COPY/ } });

    client.send(query('COPY ledger FROM STDIN'), frames.copyData(`${++line}\n`), frames.copyDone);

    await landing;
    await client.ended;
    expect(client.answers).toBe('G');
    expect(await ledger.truth(line, client.pid)).toBe('committed');
  });

  it('reads on behind a COPY whose Sync came too early', async () => {
    const client = await connected();
    client.send(run('COPY ledger FROM STDIN'), sync);
    client.send(frames.copyData(`${++line}\n`), frames.copyDone, sync);
    await client.untilAnswered(1);
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: 'sync' });

    client.send(run(insert(++line)), sync);

    await landing;
    await client.ended;
    expect(client.answers).toBe('12GCZ');
    expect(await ledger.truth(line, client.pid)).toBe('committed');
  });
});
