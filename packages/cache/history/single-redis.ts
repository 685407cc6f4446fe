import { setTimeout as delay } from 'node:timers/promises';
import { nodeRedisPort } from '@holdfast/cache';
import { startRedis, startSlowProxy } from '@holdfast/local-redis';
import { createClient } from 'redis';
import { LOSES_MS, type RedisWorld } from './redis-world.js';

/** One server, and a replica that takes its place where it fails over: behind an address that moves. */
export async function startSingleRedis(): Promise<RedisWorld> {
  let [primary, replica] = [await startRedis(), await startRedis()];
  await replica.follow(primary);
  const proxy = await startSlowProxy(primary);
  const nothing = async (): Promise<void> => {};

  const faults: RedisWorld['faults'] = {
    cut: async () => (proxy.cut(), nothing),
    pause: async () => {
      await primary.pause();
      return async () => primary.resume();
    },
    slow: async () => {
      proxy.delayMs = 400;
      return async () => void (proxy.delayMs = 0);
    },
    full: async () => {
      await primary.fill();
      return () => primary.drain();
    },
    evict: async () => {
      // Something goes, whatever it is the mark of.
      for (let times = 0; times < 8; times += 1) {
        const key = await primary.command('RANDOMKEY');
        if (key !== null) await primary.command('DEL', String(key));
      }
      return nothing;
    },
    'forgotten scripts': async () => {
      await primary.command('SCRIPT', 'FLUSH');
      return nothing;
    },
    restart: async () => {
      await primary.kill();
      return async () => {
        await primary.restart();
        await replica.follow(primary);
      };
    },
    failover: async () => {
      // What is acknowledged from now on is lost.
      await replica.pause();
      await primary.command('CLIENT', 'KILL', 'TYPE', 'replica');
      await delay(LOSES_MS);
      await primary.kill();
      replica.resume();
      await replica.promote();
      [primary, replica] = [replica, primary];
      proxy.leadTo(primary);
      return async () => {
        await replica.restart();
        await replica.follow(primary);
      };
    },
  };

  return {
    faults,
    connect: async (options) => {
      const client = createClient({
        socket: { host: '127.0.0.1', port: proxy.port, reconnectStrategy: () => 10 },
        disableOfflineQueue: true,
      });
      client.on('error', () => {});
      await client.connect();
      return { redis: nodeRedisPort(client, options), close: () => client.destroy() };
    },
    stop: async () => {
      await proxy.close();
      await primary.stop();
      await replica.stop();
    },
  };
}
