import { Misuse } from '@holdfast/errors';
import { adaptedPort } from './adapted-port.js';
import { checkNodeRedis } from './check-node-redis.js';
import type { NodeRedisClient, NodeRedisCluster, NodeRedisDuplicate } from './node-redis-client.js';
import type { RedisAdapterOptions } from './redis-adapter-options.js';
import type { RedisCommands, RedisLine, RedisLineListener } from './redis-commands.js';
import type { RedisPort } from './redis-port.js';
import type { RedisReply } from './redis-reply.js';

/**
 * The port of a client of node-redis 6, by `createClient` or `createCluster`, that the application has made and will close.
 * A client without a listener of `error`, or with an offline queue, is refused with Misuse.
 */
export function nodeRedisPort(
  client: NodeRedisClient | NodeRedisCluster,
  options: RedisAdapterOptions = {},
): RedisPort {
  checkNodeRedis(client);
  // Its own time limit is an AbortSignal for each command, which is much of what a command costs, and keeps what is to be
  // written late from being written. A read may be written late, and ours ends the waiting.
  const reader = client.withCommandOptions({ timeout: 0 });
  let turn = 0;
  const commands: RedisCommands = {
    get: (key) => client.get(key) as Promise<string | null>,
    mget: (keys) => client.mGet([...keys]) as Promise<(string | null)[]>,
    set: (key, value, { pxMs, nx = false }) =>
      client.set(key, value, { ...(pxMs === undefined ? {} : { PX: pxMs }), ...(nx ? { NX: true } : {}) }) as Promise<
        string | null
      >,
    del: (keys) => client.del([...keys]) as Promise<number>,
    evalDigest: (sha1, keys, args, isRead) =>
      (isRead ? reader : client).evalSha(sha1, { keys: [...keys], arguments: [...args] }) as Promise<RedisReply>,
    evalText: (lua, keys, args) => client.eval(lua, { keys: [...keys], arguments: [...args] }) as Promise<RedisReply>,
    publish: (channel, message) => client.publish(channel, message),
    ping: () => client.ping(),
    listen: (channel, listener) => listen(() => duplicateOf(client, (turn += 1)), channel, listener),
  };
  return adaptedPort(commands, options, 'masters' in client);
}

/** What is published anywhere in a cluster reaches each of its nodes: they take turns. */
async function duplicateOf(client: NodeRedisClient | NodeRedisCluster, turn: number): Promise<NodeRedisDuplicate> {
  if ('duplicate' in client && !('masters' in client)) return client.duplicate();
  const { masters } = client as NodeRedisCluster;
  const node = masters[turn % masters.length];
  if (node === undefined) throw new Misuse('No node of the cluster is known: it is not connected.');
  return (await (client as NodeRedisCluster).nodeClient(node as never)).duplicate();
}

function listen(duplicate: () => Promise<NodeRedisDuplicate>, channel: string, listener: RedisLineListener): RedisLine {
  let closed = false;
  let line: NodeRedisDuplicate | null = null;
  const close = (): void => {
    closed = true;
    try {
      line?.destroy();
    } catch {
      // It has ended already.
    }
  };
  const open = async (): Promise<void> => {
    line = await duplicate();
    // Its own way back would say nothing of what was missed.
    const ended = (): void => {
      close();
      listener.ended();
    };
    for (const event of ['error', 'reconnecting', 'terminated', 'end']) line.on(event, ended);
    if (closed) return;
    await line.connect();
    await line.subscribe(channel, (message) => listener.message(message));
  };
  return { opened: open(), ping: async () => line?.ping(), close };
}
