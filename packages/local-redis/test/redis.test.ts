import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  moveSlot,
  type RedisCluster,
  type RedisServer,
  startRedis,
  startRedisCluster,
  startSlowProxy,
  takeOver,
} from '@holdfast/local-redis';
import { describeRedis } from './describe-redis.js';

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}

/** Resolves once a replica has applied all that its primary has been told: WAIT would ask that of its own connection. */
async function untilFollowed(primary: RedisServer, replica: RedisServer): Promise<void> {
  const offset = async (server: RedisServer, name: string): Promise<number> =>
    Number(new RegExp(`${name}:(\\d+)`).exec(String(await server.command('INFO', 'replication')))?.[1]);
  const told = await offset(primary, 'master_repl_offset');
  await eventually(async () => (await offset(replica, 'slave_repl_offset')) >= told);
}

describeRedis('a server of Redis for tests', () => {
  let server: RedisServer;
  let other: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
    other = await startRedis();
  });
  afterAll(async () => {
    await server.stop();
    await other.stop();
  });

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
    await server.pause();
    const order: string[] = [];
    const answer = server.command('INCR', 'paused').finally(() => order.push('answered'));
    for (let times = 0; times < 20; times += 1) await other.command('PING');
    order.push('goes on');

    server.resume();

    expect(await answer).toBe(1);
    expect(order).toEqual(['goes on', 'answered']);
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
      await untilFollowed(server, replica);

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

  it('is another one behind a proxy that is led to it', async () => {
    const proxy = await startSlowProxy(server);
    const ask = async (): Promise<string> => {
      const socket = connect({ host: '127.0.0.1', port: proxy.port });
      socket.write('CONFIG GET port\r\n');
      const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
      const said: string[] = [];
      while (said.length < 5) said.push(String((await lines.next()).value));
      socket.destroy();
      return said[4]!;
    };
    expect(await ask()).toBe(String(server.port));
    const before = connect({ host: '127.0.0.1', port: proxy.port });
    await once(before, 'connect');
    const ended = once(before, 'close');
    before.resume();
    proxy.leadTo(other);
    await ended;

    expect(await ask()).toBe(String(other.port));
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

describeRedis('a cluster of Redis with replicas', () => {
  const slot = 0;
  const key = '{3560}'; // of that slot
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster({ size: 2, replicated: true });
  });
  afterAll(() => cluster.stop());

  it('has a replica take over what reached it, from a primary that is dead and comes back as a replica', async () => {
    const [primary, replica] = [cluster.nodes[1]!, cluster.replicas[1]!];
    await primary.command('SET', 'a', 'kept');
    await untilFollowed(primary, replica);
    await primary.kill();
    await takeOver(replica);

    expect(await replica.command('GET', 'a')).toBe('kept');
    expect(await replica.command('SET', 'a', 'after')).toBe('OK');
    await primary.restart();
    await eventually(async () => String(await primary.command('INFO', 'replication')).includes('role:slave'));
  });

  it('moves a slot, with what is in it', async () => {
    const [from, to] = [cluster.nodes[0]!, cluster.replicas[1]!];
    expect(await from.command('CLUSTER', 'KEYSLOT', key)).toBe(slot);
    await from.command('SET', key, 'moved');
    await moveSlot({ slot, from, to });

    expect(await to.command('GET', key)).toBe('moved');
    await expect(from.command('GET', key)).rejects.toThrow(/^MOVED 0 /);
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
