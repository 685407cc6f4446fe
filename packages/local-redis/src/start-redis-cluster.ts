import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { redisBinary } from './redis-binary.js';
import { RedisKeeper } from './redis-keeper.js';
import { RedisNotStarted } from './redis-not-started.js';
import type { RedisServer } from './redis-server.js';
import { redisArguments } from './start-redis.js';
import { StartedRedis } from './started-redis.js';

const SLOTS = 16_384;
const JOIN_LIMIT_MS = 30_000;

/** A cluster of primaries on the loopback interface. */
export interface RedisCluster {
  readonly nodes: readonly RedisServer[];
  /** Ends all of them. */
  stop(): Promise<void>;
}

/** Starts a cluster whose nodes share the slots evenly; default three. Throws RedisNotStarted. */
export async function startRedisCluster(size = 3): Promise<RedisCluster> {
  const keeper = new RedisKeeper(redisBinary());
  try {
    const nodes: RedisServer[] = [];
    for (let at = 0; at < size; at += 1) nodes.push(await startNode(keeper, at));
    await joinNodes(nodes);
    return { nodes, stop: () => keeper.finish() };
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

async function joinNodes(nodes: readonly RedisServer[]): Promise<void> {
  const first = nodes[0]!;
  for (const [at, node] of nodes.entries()) {
    const from = Math.floor((SLOTS * at) / nodes.length);
    const to = Math.floor((SLOTS * (at + 1)) / nodes.length) - 1;
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', at + 1);
    await node.command('CLUSTER', 'ADDSLOTSRANGE', from, to);
    const [, busPort] = (await node.command('CONFIG', 'GET', 'cluster-port')) as [string, string];
    if (node !== first) await first.command('CLUSTER', 'MEET', node.host, node.port, busPort);
  }
  const patience = performance.now() + JOIN_LIMIT_MS;
  for (const node of nodes) {
    while (!(await knowsAll(node, nodes.length))) {
      if (performance.now() > patience) throw new RedisNotStarted('the nodes of the cluster did not meet.');
      await delay(10);
    }
  }
}

async function knowsAll(node: RedisServer, size: number): Promise<boolean> {
  const info = String(await node.command('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${size}\r`);
}
