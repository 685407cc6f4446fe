import { Misuse } from '@holdfast/errors';
import { adaptedPort } from './adapted-port.js';
import { checkIoredis } from './check-ioredis.js';
import { handleAsking } from './handle-asking.js';
import type { IoredisClient, IoredisCluster } from './ioredis-client.js';
import type { RedisAdapterOptions } from './redis-adapter-options.js';
import type { RedisCommands, RedisLine, RedisLineListener } from './redis-commands.js';
import type { RedisPort } from './redis-port.js';
import type { RedisReply } from './redis-reply.js';

/**
 * The port of a client of ioredis 5 or 6, a `Redis` or a `Cluster`, that the application has made and will close. Its
 * settings decide what happens while Redis is away; those that could lose or repeat commands are refused with Misuse.
 */
export function ioredisPort(client: IoredisClient | IoredisCluster, options: RedisAdapterOptions = {}): RedisPort {
  checkIoredis(client);
  if ('nodes' in client) handleAsking(client);
  const call = (command: string, ...args: readonly string[]): Promise<unknown> => client.call(command, ...args);
  let turn = 0;
  const commands: RedisCommands = {
    get: (key) => call('GET', key) as Promise<string | null>,
    mget: (keys) => call('MGET', ...keys) as Promise<(string | null)[]>,
    set: (key, value, { pxMs, nx = false }) => {
      const expiry = pxMs === undefined ? [] : ['PX', String(pxMs)];
      return call('SET', key, value, ...expiry, ...(nx ? ['NX'] : [])) as Promise<string | null>;
    },
    del: (keys) => call('DEL', ...keys) as Promise<number>,
    evalDigest: (sha1, keys, args) =>
      call('EVALSHA', sha1, String(keys.length), ...keys, ...args) as Promise<RedisReply>,
    evalText: (lua, keys, args) => call('EVAL', lua, String(keys.length), ...keys, ...args) as Promise<RedisReply>,
    publish: (channel, message) => call('PUBLISH', channel, message),
    ping: () => call('PING'),
    listen: (channel, listener) => listen(nodeOf(client, (turn += 1)), channel, listener),
  };
  return adaptedPort(commands, options, 'nodes' in client);
}

/** What is published anywhere in a cluster reaches each of its nodes: they take turns. */
function nodeOf(client: IoredisClient | IoredisCluster, turn: number): IoredisClient {
  if (!('nodes' in client)) return client;
  const nodes = client.nodes('master');
  const node = nodes[turn % nodes.length];
  if (node === undefined) throw new Misuse('No node of the cluster is known: it is not connected.');
  return node;
}

function listen(client: IoredisClient, channel: string, listener: RedisLineListener): RedisLine {
  const line = client.duplicate({
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResubscribe: false,
    readOnly: false,
    retryStrategy: () => null,
  });
  line.on('error', () => listener.ended());
  line.on('close', () => listener.ended());
  line.on('end', () => listener.ended());
  line.on('message', (_channel, message) => listener.message(message));
  const open = async (): Promise<void> => {
    await line.connect();
    await line.subscribe(channel);
  };
  return { opened: open(), ping: () => line.call('PING'), close: () => line.disconnect() };
}
