import { freePort } from './free-port.js';
import { redisBinary } from './redis-binary.js';
import { RedisKeeper } from './redis-keeper.js';
import type { RedisServer } from './redis-server.js';
import { redisArguments } from './start-redis.js';
import { isInStep, StartedRedis } from './started-redis.js';
import { untilReady } from './until-ready.js';

const SLOTS = 16_384;

/** A cluster on the loopback interface. */
export interface RedisCluster {
  /** Those that were primaries when it was started. */
  readonly nodes: readonly RedisServer[];
  /** Those that were their replicas, in the same order; empty where there are none. */
  readonly replicas: readonly RedisServer[];
  /** Ends all of them. */
  stop(): Promise<void>;
}

export interface RedisClusterArgs {
  /** How many primaries share the slots evenly. Default 3. */
  readonly size?: number;
  /** Whether each has a replica. Default false. */
  readonly replicated?: boolean;
}

/** Starts a cluster, which is ready when this resolves. Throws RedisNotStarted. */
export async function startRedisCluster({
  size = 3,
  replicated = false,
}: RedisClusterArgs = {}): Promise<RedisCluster> {
  const keeper = new RedisKeeper(redisBinary());
  try {
    const all: RedisServer[] = [];
    for (let at = 0; at < (replicated ? 2 * size : size); at += 1) all.push(await startNode(keeper, at));
    const nodes = all.slice(0, size);
    const replicas = all.slice(size);
    await joinNodes(nodes, replicas);
    for (const [at, replica] of replicas.entries()) await replicate(nodes[at]!, replica);
    return { nodes, replicas, stop: () => keeper.finish() };
  } catch (error) {
    await keeper.finish();
    throw error;
  }
}

async function startNode(keeper: RedisKeeper, at: number): Promise<RedisServer> {
  const settings = {
    'cluster-enabled': 'yes',
    'cluster-config-file': `nodes-${at}.conf`,
    'cluster-port': await freePort(),
    'cluster-node-timeout': 1_000,
  };
  const node = new StartedRedis(keeper, await freePort(), redisArguments(settings));
  await node.restart();
  return node;
}

async function joinNodes(nodes: readonly RedisServer[], replicas: readonly RedisServer[]): Promise<void> {
  const first = nodes[0]!;
  const all = [...nodes, ...replicas];
  for (const [at, node] of all.entries()) {
    const from = Math.floor((SLOTS * at) / nodes.length);
    const to = Math.floor((SLOTS * (at + 1)) / nodes.length) - 1;
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', at + 1);
    if (at < nodes.length) await node.command('CLUSTER', 'ADDSLOTSRANGE', from, to);
    const [, busPort] = (await node.command('CONFIG', 'GET', 'cluster-port')) as [string, string];
    if (node !== first) await first.command('CLUSTER', 'MEET', node.host, node.port, busPort);
  }
  for (const node of all) await untilReady(() => knowsAll(node, all.length));
}

async function replicate(primary: RedisServer, replica: RedisServer): Promise<void> {
  await replica.command('CLUSTER', 'REPLICATE', String(await primary.command('CLUSTER', 'MYID')));
  await untilReady(() => isInStep(replica));
}

async function knowsAll(node: RedisServer, size: number): Promise<boolean> {
  const info = String(await node.command('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${size}\r`);
}
