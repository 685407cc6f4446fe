import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type RedisListener, type RedisPort, redisScript, RedisBacklogFull, RedisTimeout } from '@holdfast/cache';
import { type RedisCluster, type RedisServer, startRedis, startRedisCluster } from '@holdfast/local-redis';
import { describeRedis } from './fixture/describe-redis.js';
import { eventually } from './fixture/eventually.js';
import { type ConnectedPort, redisClients, redisClusterClients } from './fixture/redis-clients.js';

const echo = redisScript('echo', "return { KEYS[1], ARGV[1], 7, false, { redis.call('INCR', KEYS[1]) } }");

class Heard implements RedisListener {
  readonly all: string[] = [];
  message(message: string): void {
    this.all.push(message);
  }
  lost(): void {
    this.all.push('(lost)');
  }
  restored(): void {
    this.all.push('(restored)');
  }
}

/** For a server that is to answer, on a machine that is busy. */
const patient = { timeoutMs: 10_000 };

const answers = (port: RedisPort): Promise<boolean> =>
  port.ping().then(
    () => true,
    () => false,
  );

/** What every adapter does, on a single server and on a cluster. */
function itKeepsToThePort(connected: () => RedisPort, forgetScripts: () => Promise<void>): void {
  it('sets, gets and deletes', async () => {
    const port = connected();

    expect(await port.get('{a}1')).toBeNull();
    expect(await port.set('{a}1', 'välue ✓')).toBe(true);
    expect(await port.set('{a}1', 'other', { nx: true })).toBe(false);
    expect(await port.set('{a}2', '', { nx: true, pxMs: 60_000 })).toBe(true);
    expect(await port.get('{a}1')).toBe('välue ✓');
    expect(await port.mget(['{a}1', '{a}none', '{a}2'])).toEqual(['välue ✓', null, '']);
    expect(await port.del(['{a}1', '{a}2', '{a}none'])).toBe(2);
    expect(await port.mget([])).toEqual([]);
    expect(await port.del([])).toBe(0);
    await port.ping();
  });

  it('keeps what it sets for as long as it is told', async () => {
    const port = connected();
    await port.set('brief', '1', { pxMs: 1 });

    await eventually(async () => (await port.get('brief')) === null);
  });

  it('runs scripts, also where the server has forgotten them', async () => {
    const port = connected();
    await port.del(['{s}']);

    for (const times of [1, 2, 3]) {
      if (times === 3) await forgetScripts();
      expect(await port.evalScript(echo, ['{s}'], ['x y'])).toEqual(['{s}', 'x y', 7, null, [times]]);
    }
  });

  it('rejects with what Redis says', async () => {
    const port = connected();
    await port.set('{t}', 'text');

    await expect(port.evalScript(echo, ['{t}'], [''])).rejects.toThrow(/not an integer/);
  });

  it('hears what is published, and nothing after it left', async () => {
    const port = connected();
    const heard = new Heard();
    const subscription = await port.subscribe('news', heard);
    await port.publish('news', 'one');
    await port.publish('others', 'not this');
    await port.publish('news', 'zwei ✓');
    await eventually(() => heard.all.length === 2);
    await subscription.unsubscribe();
    await port.publish('news', 'three');
    await port.ping();

    expect(heard.all).toEqual(['one', 'zwei ✓']);
  });
}

describeRedis.each(redisClients)('the port of %s', (_name, connect) => {
  let server: RedisServer;
  let client: ConnectedPort;
  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(async () => {
    client = await connect([server.port], patient);
  });
  afterEach(() => client.close());
  afterAll(() => server.stop());

  itKeepsToThePort(
    () => client.port,
    async () => void (await server.command('SCRIPT', 'FLUSH')),
  );

  it('rejects at once while Redis is down, and answers when it is back', async () => {
    const waiting = client.port.get('key');
    await waiting;
    await server.kill();

    await expect(client.port.get('key')).rejects.toThrow();
    // The connection is known to be lost by now.
    const patient = await Promise.allSettled([1, 2, 3].map(() => client.port.set('never', '1')));
    expect(patient.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(patient.map((each) => (each as PromiseRejectedResult).reason)).not.toContainEqual(expect.any(RedisTimeout));

    await server.restart();
    await eventually(() => answers(client.port));
    expect(await client.port.get('never')).toBeNull();
  });

  it('makes no command again that was on its way when the connection was lost', async () => {
    await client.port.set('count', '0');
    await server.pause();
    const lost = client.port.evalScript(redisScript('incr', "return redis.call('INCR', KEYS[1])"), ['count'], []);
    const rejected = expect(lost).rejects.toThrow();
    await server.kill();
    await rejected;
    await server.restart();
    await eventually(() => answers(client.port));

    expect(await client.port.get('count')).toBeNull();
  });

  it('waits no longer than it is told for a server that is silent', async () => {
    const brief = await connect([server.port], { timeoutMs: 50 });
    await server.pause();
    try {
      await expect(brief.port.get('key')).rejects.toBeInstanceOf(RedisTimeout);
    } finally {
      server.resume();
    }
    await eventually(() => answers(brief.port));
    brief.close();
  });

  it('lets no more commands wait than it is told', async () => {
    const narrow = await connect([server.port], { maxPending: 2, timeoutMs: 50 });
    await server.pause();
    const waiting = Promise.allSettled([narrow.port.get('a'), narrow.port.get('b')]);

    await expect(narrow.port.get('c')).rejects.toBeInstanceOf(RedisBacklogFull);
    // Given up is not gone: they are with the client as long as the server is silent.
    await waiting;
    await expect(narrow.port.get('c')).rejects.toBeInstanceOf(RedisBacklogFull);

    server.resume();
    await eventually(() => answers(narrow.port));
    narrow.close();
  });

  it('listens again after the connection was lost, and tells of both', async () => {
    const heard = new Heard();
    const subscription = await client.port.subscribe('news', heard);
    await server.kill();
    await eventually(() => heard.all.includes('(lost)'));
    await server.restart();
    await eventually(() => heard.all.includes('(restored)'));
    await server.command('PUBLISH', 'news', 'again');
    await eventually(() => heard.all.length > 2);
    await subscription.unsubscribe();

    expect(heard.all).toEqual(['(lost)', '(restored)', 'again']);
    expect(await server.command('PUBSUB', 'NUMSUB', 'news')).toEqual(['news', 0]);
  });

  it('notices that a connection is silent that it only listens on', async () => {
    const quick = await connect([server.port], { subscriptionPingMs: 50 });
    const heard = new Heard();
    const subscription = await quick.port.subscribe('news', heard);
    // A machine that is busy may be silent for as long before and after it, too.
    const last = (): string => heard.all.at(-1) ?? '(restored)';
    await eventually(() => last() === '(restored)');
    await server.pause();
    await eventually(() => last() === '(lost)');
    server.resume();
    await eventually(() => last() === '(restored)');
    await subscription.unsubscribe();
    quick.close();

    expect(heard.all.join('')).toMatch(/^(\(lost\)\(restored\))+$/);
  });

  it('does not begin to listen where there is no server', async () => {
    await server.kill();
    await expect(client.port.subscribe('news', new Heard())).rejects.toThrow();
    await server.restart();
  });
});

describeRedis('in a cluster', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.stop());

  describeRedis.each(redisClusterClients)('the port of %s', (_name, connect) => {
    let client: ConnectedPort;
    beforeAll(async () => {
      const ports = cluster.nodes.map((node) => node.port);
      client = await connect(ports, patient);
    });
    afterAll(() => client.close());

    itKeepsToThePort(
      () => client.port,
      async () => {
        await Promise.all(cluster.nodes.map((node) => node.command('SCRIPT', 'FLUSH')));
      },
    );

    it('ends no process when a node is lost that a moving slot was asked of', async () => {
      const [from, to] = [cluster.nodes[0]!, cluster.nodes[1]!];
      const ids = await Promise.all([from, to].map((node) => node.command('CLUSTER', 'MYID')));
      const brief = await connect(cluster.nodes.map((node) => node.port));
      const answer = (): Promise<unknown> => brief.port.get('{3560}').catch((error: unknown) => error); // of slot 0
      const unhandled: unknown[] = [];
      const hear = (reason: unknown): void => void unhandled.push(reason);
      process.on('unhandledRejection', hear);
      try {
        await to.command('CLUSTER', 'SETSLOT', 0, 'IMPORTING', String(ids[0]));
        await from.command('CLUSTER', 'SETSLOT', 0, 'MIGRATING', String(ids[1]));
        await eventually(async () => (await answer()) === null);
        await to.pause();
        expect(await answer()).toBeInstanceOf(RedisTimeout);
        await to.kill();
        await to.restart();
        await eventually(async () => String(await to.command('CLUSTER', 'INFO')).includes('cluster_state:ok'));
        for (const node of [from, to]) await node.command('CLUSTER', 'SETSLOT', 0, 'STABLE');
        await eventually(async () => (await answer()) === null);
      } finally {
        process.off('unhandledRejection', hear);
        brief.close();
      }

      expect(unhandled).toEqual([]);
    });

    it('hears what is published at any node, and listens at another one when its own is lost', async () => {
      const heard = new Heard();
      const subscription = await client.port.subscribe('nodes', heard);
      for (const [at, node] of cluster.nodes.entries()) await node.command('PUBLISH', 'nodes', at);
      await eventually(() => heard.all.length === 3);
      expect([...heard.all].sort()).toEqual(['0', '1', '2']);
      const listened = await Promise.all(cluster.nodes.map((node) => node.command('PUBSUB', 'NUMSUB', 'nodes')));
      const node = cluster.nodes[listened.findIndex((answer) => (answer as [string, number])[1] === 1)]!;

      await node.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await eventually(() => heard.all.includes('(restored)'));
      await subscription.unsubscribe();

      expect(heard.all.slice(3)).toEqual(['(lost)', '(restored)']);
    });
  });
});
