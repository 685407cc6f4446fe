import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@holdfast/testing';
import { Client } from 'pg';
import { entities, migrations } from '../src/domains.js';
import { type DemoProcess, spawnDemo } from './support/demo-process.js';
import { scratchDatabase } from './support/scratch-database.js';

const podHeader =
  'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time';
const nodeHeader = 'sn,cpu_milli,memory_mib,gpu,model';

describe('the command line', () => {
  let folder: string;
  const started: DemoProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-demo-cli-'));
  });
  afterEach(async () => {
    for (const { child, ended } of started.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true });
  });

  function start(args: readonly string[], environment?: Readonly<Record<string, string>>): DemoProcess {
    const process = spawnDemo(args, environment);
    started.push(process);
    return process;
  }
  /** What a start that comes to nothing prints and ends with. */
  async function failure(args: readonly string[], environment?: Readonly<Record<string, string>>) {
    const process = start(args, environment);
    const code = await process.ended;
    return { code, output: process.output(), errors: process.errors() };
  }
  function file(name: string, text: string): string {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  }

  it('starts on an embedded database, prints its address, its users and commands that work, and ends with Ctrl-C', async () => {
    // Given
    const temporary = path.join(folder, 'tmp');
    spawnSync('mkdir', ['-m', '1777', temporary]);
    spawnSync('chmod', ['755', folder]);
    const demo = start(['--port', '0'], { TMPDIR: temporary });

    // When
    const printed = await demo.prints('Ctrl-C ends it.');

    // Then
    const address = /^Holdfast demo on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(printed)![1]!;
    expect(printed).toMatch(/^ {2}superadmin +superadmin +AKIA\w{16}$/m);
    expect(printed).toMatch(/^ {2}research\/vision\/alice +user +AKIA\w{16}$/m);
    expect(printed).toMatch(/^Row-level security of sessions and kernels is in force:$/m);
    const commands = printed.split('\n').filter((line) => line.startsWith('  curl '));
    expect(commands).toHaveLength(3);
    for (const command of commands) {
      const { status, stdout } = spawnSync('sh', ['-c', command.replace('curl', 'curl --fail')], { encoding: 'utf8' });
      expect([command, status]).toEqual([command, 0]);
      expect(stdout.length).toBeGreaterThan(100);
    }

    // When
    demo.child.kill('SIGINT');

    // Then
    expect(await demo.ended).toBe(0);
    expect(demo.errors()).toMatch(/Storing 100 % 2,200 of 2,200\n$/);
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
    expect(readdirSync(temporary)).toEqual([]);
  });

  /** A request whose head has arrived and whose body has not. */
  async function requestUnderWay(printed: string, body: string): Promise<net.Socket> {
    const { port } = new URL(/http:\/\/127\.0\.0\.1:\d+/.exec(printed)![0]);
    const admin = /superadmin +superadmin +(\w+)/.exec(printed)![1]!;
    const socket = net.connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      'POST /sessions/search HTTP/1.1',
      'Host: demo',
      `Authorization: Bearer ${admin}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Expect: 100-continue',
      '\r\n',
    ];
    socket.write(head.join('\r\n'));
    await once(socket, 'data');
    return socket;
  }
  /** Resolves when nothing listens there any more. */
  async function deaf(printed: string): Promise<void> {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)![0];
    while ((await fetch(`${address}/health/live`).catch(() => null)) !== null);
  }

  it('finishes a request that is under way when it is told to end', async () => {
    const database = await scratchDatabase();
    const demo = start(['--port', '0'], { DATABASE_URL: database.url });
    const printed = await demo.prints('Ctrl-C ends it.');
    const body = '{"first":1}';
    const socket = await requestUnderWay(printed, body);

    demo.child.kill('SIGTERM');
    await deaf(printed);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.write(body);
    await once(socket, 'close');

    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(await demo.ended).toBe(0);
    await database.drop();
  });

  it('does not wait for a request that is under way at the second Ctrl-C', async () => {
    const database = await scratchDatabase();
    const demo = start(['--port', '0'], { DATABASE_URL: database.url });
    const printed = await demo.prints('Ctrl-C ends it.');
    const socket = await requestUnderWay(printed, '{"first":1}');
    socket.on('error', () => undefined);

    demo.child.kill('SIGINT');
    await deaf(printed);
    demo.child.kill('SIGINT');

    expect(await demo.ended).toBe(130);
    await database.drop();
  });

  it('fills a database once, and starts again on what is there', async () => {
    const database = await scratchDatabase();
    const environment = { DATABASE_URL: database.url };
    for (const [round, sessions] of [
      [1, 2_000],
      [2, 1_999],
    ]) {
      const demo = start(['--port', '0'], environment);
      await demo.prints('Ctrl-C ends it.');
      const [row] = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM sessions');
      expect([round, row!.n]).toEqual([round, sessions]);
      demo.child.kill('SIGINT');
      expect(await demo.ended).toBe(0);
      await database.query(
        `DELETE FROM sessions WHERE id = (SELECT id FROM sessions WHERE status = 'CANCELLED' ORDER BY id LIMIT 1)`,
      );
    }
    await database.drop();
  });

  it('ends at once, and cleanly, when it is interrupted while it starts', async () => {
    const database = await createTestDatabase({ entities, migrations });
    const keeper = new Client({ connectionString: database.url });
    await keeper.connect();
    try {
      // However slow we are, it does not come to the end of what it stores.
      await keeper.query('BEGIN; LOCK TABLE sessions IN SHARE MODE');
      const demo = start(['--port', '0'], { DATABASE_URL: database.url });
      await new Promise<void>((resolve) => demo.child.stderr!.once('data', () => resolve()));
      demo.child.kill('SIGINT');
      expect(await demo.ended).toBe(0);
      expect(demo.output()).toBe('');
      const { rows } = await keeper.query<{ n: number }>('SELECT count(*)::int AS n FROM sessions');
      expect(rows).toEqual([{ n: 0 }]);
    } finally {
      await keeper.end();
      await database.close();
    }
  });

  it('prints its usage for --help', async () => {
    const { code, output, errors } = await failure(['--help']);
    expect([code, errors]).toEqual([0, '']);
    for (const option of ['--port', '--import', '--nodes', '--skip-bad-lines', 'DATABASE_URL']) {
      expect(output).toContain(option);
    }
  });

  it('says in one line that its port is taken', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    const { code, errors } = await failure(['--port', String(port)]);
    server.close();
    expect([code, errors]).toEqual([1, `Port ${port} is taken: --port chooses another one.\n`]);
  });

  it.each([
    [['--port', 'x'], {}, /^--port is a number from 0 to 65535, not "x"\.\n$/],
    [['--import', 'none.csv', '--nodes', 'none.csv'], {}, /^none\.csv cannot be read \(ENOENT\)\.\n$/],
    [
      ['--port', '0'],
      { DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/none' },
      /^The database postgres:\/\/127\.0\.0\.1:1\/none cannot be used: [^\n]*ECONNREFUSED[^\n]*\.\n$/,
    ],
    [
      ['--port', '0'],
      { DATABASE_URL: 'postgres://someone:secret@nowhere.invalid/none' },
      /^The database postgres:\/\/nowhere\.invalid\/none cannot be used: [^\n]*nowhere\.invalid\.\n$/,
    ],
  ])('says in one line what is wrong with %j and %j, and ends with 1', async (args, environment, line) => {
    const { code, output, errors } = await failure(args, environment);
    expect(errors).toMatch(line);
    expect([code, output]).toEqual([1, '']);
    expect(errors).not.toContain('secret');
  });

  it('says in one line that a database does not exist', async () => {
    const database = await scratchDatabase();
    await database.drop();
    const { code, errors } = await failure(['--port', '0'], { DATABASE_URL: database.url });
    expect([code, errors]).toEqual([
      1,
      expect.stringMatching(/^The database .* cannot be used: .*does not exist\.\n$/),
    ]);
  });

  it('reports bad lines of a trace by number and reason, and stores nothing of it', async () => {
    const database = await scratchDatabase();
    const pods = file('pods.csv', `${podHeader}\np-1,1,1,0,0,,BE,Failed,1,2,1\np-2,x,1,0,0,,BE,Failed,1,2,1\n`);
    const nodes = file('nodes.csv', `${nodeHeader}\nn-1,1000,1024,0,\n`);
    const args = ['--port', '0', '--import', pods, '--nodes', nodes];
    const { code, errors } = await failure(args, { DATABASE_URL: database.url });

    expect(code).toBe(1);
    expect(errors.split('\n')).toEqual([
      `${pods}:3: cpu_milli is not a whole number`,
      '1 bad line: nothing was imported. --skip-bad-lines leaves them out.',
      '',
    ]);
    expect(await database.query(`SELECT FROM pg_tables WHERE tablename = 'sessions'`)).toEqual([]);

    const demo = start([...args, '--skip-bad-lines'], { DATABASE_URL: database.url });
    await demo.prints('Ctrl-C ends it.');
    expect(demo.errors()).toContain(`${pods}:3: cpu_milli is not a whole number`);
    expect(await database.query('SELECT name FROM sessions')).toEqual([{ name: 'p-1' }]);
    demo.child.kill('SIGINT');
    expect(await demo.ended).toBe(0);
    await database.drop();
  });
});
