import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type RedisServer, startRedis, startRedisCluster, startSlowProxy } from '@holdfast/local-redis';
import { describeRedis } from './describe-redis.js';

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(5);
}

describeRedis('a server of Redis for tests', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  it('comes back empty and on the same port after it was killed', async () => {
    await server.command('SET', 'key', 'välue');
    expect(await server.command('MGET', 'key', 'none')).toEqual(['välue', null]);
    const first = server.processId!;

    await server.kill();
    expect(isRunning(first)).toBe(false);
    await expect(server.command('PING')).rejects.toThrow(/ECONNREFUSED/);
    await server.restart();

    expect(await server.command('GET', 'key')).toBeNull();
  });

  it('takes commands while it is paused, and answers them when it goes on', async () => {
    server.pause();
    let answered = false;
    const answer = server.command('INCR', 'paused').finally(() => (answered = true));
    await delay(50);
    expect(answered).toBe(false);

    server.resume();

    expect(await answer).toBe(1);
  });

  it('refuses writes while it is full, and still reads', async () => {
    await server.command('SET', 'before', '1');
    await server.fill();

    await expect(server.command('SET', 'more', '1')).rejects.toThrow(/^OOM/);
    expect(await server.command('GET', 'before')).toBe('1');

    await server.drain();
    expect(await server.command('SET', 'more', '1')).toBe('OK');
  });

  it('fails over to a replica, which has what reached it', async () => {
    const replica = await startRedis();
    try {
      await server.command('SET', 'copied', 'yes');
      await replica.follow(server);
      await expect(replica.command('SET', 'copied', 'no')).rejects.toThrow(/^READONLY/);
      await server.command('SET', 'later', 'yes');
      await server.command('WAIT', 1, 5_000);

      await replica.promote();
      await replica.command('SET', 'after', 'yes');

      expect(await replica.command('MGET', 'copied', 'later', 'after')).toEqual(['yes', 'yes', 'yes']);
    } finally {
      await replica.stop();
    }
  });

  it('is late behind a slow proxy, in either direction', async () => {
    const proxy = await startSlowProxy(server);
    const socket = connect({ host: '127.0.0.1', port: proxy.port });
    const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
    proxy.delayMs = 20;
    const since = performance.now();

    socket.write('INCR order\r\nINCR order\r\n');

    expect([(await lines.next()).value, (await lines.next()).value]).toEqual([':1', ':2']);
    expect(performance.now() - since).toBeGreaterThan(35);
    await proxy.close();
  });
});

describeRedis('a cluster of Redis for tests', () => {
  it('answers for all slots, each by the node that has it', async () => {
    const { nodes, stop } = await startRedisCluster();
    try {
      const answers = await Promise.all(nodes.map((node) => node.command('SET', 'key', '1').catch(String)));

      expect(answers.filter((answer) => answer === 'OK')).toHaveLength(1);
      expect(answers.filter((answer) => String(answer).includes('MOVED'))).toHaveLength(2);
    } finally {
      await stop();
    }
  });
});

describeRedis('a server of Redis whose owner is killed', () => {
  it('ends, even while it is paused, and leaves nothing behind', async () => {
    const temporary = mkdtempSync(path.join(tmpdir(), 'holdfast-test-'));
    const typescript = path.resolve(__dirname, '../../../jest/typescript.mjs');
    const owner = spawn(process.execPath, ['--import', typescript, path.join(__dirname, 'programs/hold-a-redis.ts')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: temporary },
    });
    try {
      const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
      expect(isRunning(Number(line))).toBe(true);
      expect(readdirSync(temporary)).toHaveLength(1);
      process.kill(Number(line), 'SIGSTOP');

      owner.kill('SIGKILL');

      await eventually(() => !isRunning(Number(line)));
      await eventually(() => readdirSync(temporary).length === 0);
    } finally {
      owner.kill('SIGKILL');
      rmSync(temporary, { recursive: true });
    }
  });
});
