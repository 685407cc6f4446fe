import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type FaultyProxy, faultyProxy } from '../fixture/faulty-proxy.js';
import { Program } from '../fixture/program.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

let test: TestDatabase;
let proxy: FaultyProxy;
let admin: pg.Client;

beforeEach(async () => {
  test = await testDatabase([]);
  proxy = await faultyProxy(test.url);
  admin = new pg.Client(test.url);
  await admin.connect();
});
afterEach(async () => {
  Program.killAll();
  proxy.close();
  await admin.end();
  await test.close();
});

const ways: readonly (readonly [string, (pids: readonly number[]) => unknown])[] = [
  [
    'the server ends them',
    (pids) => admin.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]),
  ],
  ['the network resets them', () => proxy.resetAll()],
];

describe.each(['guarded', 'stock'])('a process over a %s pool survives connections that it holds', (kind) => {
  it.each(ways)('when %s', async (_name, end) => {
    const program = new Program('hold-connections', proxy.url, kind);
    const pids = JSON.parse(await program.line()) as number[];

    await end(pids);

    program.say('gone');
    expect(await program.line()).toBe('{"alive":1}');
  });
});

it('without a listener it would not: a client of pg that nobody listens to ends its process', async () => {
  const program = new Program('hold-bare-connection', proxy.url);
  await program.line();

  proxy.resetAll();

  await expect(program.line()).rejects.toThrow('ECONNRESET');
});
