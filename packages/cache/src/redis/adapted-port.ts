import { Misuse } from '@holdfast/errors';
import { LastingSubscription } from './lasting-subscription.js';
import { PendingCommands } from './pending-commands.js';
import type { RedisAdapterOptions } from './redis-adapter-options.js';
import type { RedisCommands } from './redis-commands.js';
import type { RedisPort } from './redis-port.js';
import type { RedisReply } from './redis-reply.js';
import type { RedisScript } from './redis-script.js';

/** What all adapters have in common: the time that an answer may take, scripts by digest, subscriptions that come back. */
export function adaptedPort(commands: RedisCommands, options: RedisAdapterOptions, isCluster: boolean): RedisPort {
  const { timeoutMs = 250, maxPending = 10_000, subscriptionPingMs = 1_000, random = Math.random } = options;
  for (const [name, value] of Object.entries({ timeoutMs, maxPending, subscriptionPingMs })) {
    if (!(Number.isFinite(value) && value > 0)) throw new Misuse(`${name} of an adapter of Redis is a number above 0.`);
  }
  const pending = new PendingCommands(timeoutMs, maxPending);

  async function evalScript(
    script: RedisScript,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<RedisReply> {
    try {
      return await pending.answer(() => commands.evalDigest(script.sha1, keys, args, script.isRead === true));
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return pending.answer(() => commands.evalText(script.lua, keys, args));
    }
  }

  return {
    isCluster,
    get: (key) => pending.answer(() => commands.get(key)),
    mget: (keys) => (keys.length === 0 ? Promise.resolve([]) : pending.answer(() => commands.mget(keys))),
    set: async (key, value, setOptions = {}) =>
      (await pending.answer(() => commands.set(key, value, setOptions))) !== null,
    del: (keys) => (keys.length === 0 ? Promise.resolve(0) : pending.answer(() => commands.del(keys))),
    evalScript,
    publish: async (channel, message) => void (await pending.answer(() => commands.publish(channel, message))),
    subscribe: (channel, listener) =>
      LastingSubscription.start({ listen: commands.listen, channel, listener, pingMs: subscriptionPingMs, random }),
    ping: async () => void (await pending.answer(() => commands.ping())),
  };
}

/** A server that was restarted, or another one after a failover, has not seen the script yet. */
function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT');
}
