import { setTimeout as delay } from 'node:timers/promises';
import { ioredisPort, nodeRedisPort, type RedisAdapterOptions } from '@holdfast/cache';
import { moveSlot, type RedisServer, startRedisCluster, takeOver } from '@holdfast/local-redis';
import { Cluster } from 'ioredis';
import { createCluster } from 'redis';
import { LOSES_MS, type RedisWorld } from './redis-world.js';

/** Three primaries and their replicas; `slotsOf` says in which slots the entries lie. Every other client is of ioredis. */
export async function startRedisClusterWorld(tags: readonly string[], random: () => number): Promise<RedisWorld> {
  const cluster = await startRedisCluster({ replicated: true });
  const pairs = cluster.nodes.map((primary, at) => ({ primary, replica: cluster.replicas[at]! }));
  const ports = cluster.nodes.map(({ port }) => port);
  const any = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  let clients = 0;

  const faults: RedisWorld['faults'] = {
    pause: async () => {
      const { primary } = any(pairs);
      await primary.pause();
      return async () => primary.resume();
    },
    full: async () => {
      const { primary } = any(pairs);
      await primary.fill();
      return () => primary.drain();
    },
    restart: async () => {
      const pair = any(pairs);
      await pair.primary.kill();
      return async () => {
        await pair.primary.restart();
        await Promise.all([until(() => isReady(pair.primary)), until(() => isInStep(pair.replica))]);
      };
    },
    failover: async () => {
      const pair = any(pairs);
      // What is acknowledged from now on is lost.
      await pair.replica.pause();
      await pair.primary.command('CLIENT', 'KILL', 'TYPE', 'replica');
      await delay(LOSES_MS);
      await pair.primary.kill();
      pair.replica.resume();
      await takeOver(pair.replica);
      [pair.primary, pair.replica] = [pair.replica, pair.primary];
      return async () => {
        await pair.replica.restart();
        await until(() => isInStep(pair.replica));
      };
    },
    'moved slot': async () => {
      const slot = Number(await pairs[0]!.primary.command('CLUSTER', 'KEYSLOT', `{${any(tags)}}`));
      const owners = await Promise.all(pairs.map(({ primary }) => owns(primary, slot)));
      const from = pairs[owners.indexOf(true)]!.primary;
      const to = any(pairs.filter(({ primary }) => primary !== from)).primary;
      await moveSlot({ slot, from, to });
      return async () => {};
    },
  };

  return {
    faults,
    connect: (options) =>
      (clients += 1) % 2 === 0 ? connectIoredis(ports, options) : connectNodeRedis(ports, options),
    stop: () => cluster.stop(),
  };
}

const quickly = (): number => 10;

async function connectIoredis(ports: readonly number[], options: RedisAdapterOptions) {
  const client = new Cluster(
    ports.map((port) => ({ host: '127.0.0.1', port })),
    {
      lazyConnect: true,
      enableOfflineQueue: false,
      retryDelayOnFailover: 0,
      clusterRetryStrategy: quickly,
      redisOptions: { autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0, disconnectTimeout: 50 },
    },
  );
  client.on('error', () => {});
  await client.connect();
  return { redis: ioredisPort(client, options), close: () => client.disconnect() };
}

async function connectNodeRedis(ports: readonly number[], options: RedisAdapterOptions) {
  const client = createCluster({
    rootNodes: ports.map((port) => ({ socket: { host: '127.0.0.1', port } })),
    defaults: { disableOfflineQueue: true, socket: { reconnectStrategy: quickly } },
  });
  client.on('error', () => {});
  await client.connect();
  return { redis: nodeRedisPort(client, options), close: () => client.destroy() };
}

async function isReady(node: RedisServer): Promise<boolean> {
  return String(await node.command('CLUSTER', 'INFO')).includes('cluster_state:ok');
}

async function isInStep(node: RedisServer): Promise<boolean> {
  return String(await node.command('INFO', 'replication')).includes('master_link_status:up');
}

/** Of slots a node knows best which are its own. */
async function owns(node: RedisServer, slot: number): Promise<boolean> {
  const slots = (await node.command('CLUSTER', 'SLOTS')) as readonly [number, number, readonly [string, number]][];
  return slots.some(([from, to, [, port]]) => from <= slot && slot <= to && port === node.port);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}
