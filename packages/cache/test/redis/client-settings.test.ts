import { afterEach, describe, expect, it } from '@jest/globals';
import { ioredisPort, nodeRedisPort } from '@holdfast/cache';
import { Misuse } from '@holdfast/errors';
import { Cluster, Redis } from 'ioredis';
import { createClient, createCluster } from 'redis';

const made: { disconnect(): void }[] = [];
afterEach(() => {
  for (const client of made.splice(0)) client.disconnect();
});

function redis(options: object): Redis {
  const client = new Redis({ lazyConnect: true, ...options } as never);
  made.push(client);
  return client.on('error', () => {});
}

function cluster(options: object): Cluster {
  const client = new Cluster([], { lazyConnect: true, ...options });
  made.push(client);
  return client.on('error', () => {});
}

const right = { enableOfflineQueue: false, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 };
const rightCluster = { enableOfflineQueue: false, retryDelayOnFailover: 0, redisOptions: right };

describe('ioredisPort', () => {
  it.each([
    ['enableOfflineQueue', { enableOfflineQueue: true }],
    ['autoResendUnfulfilledCommands', { autoResendUnfulfilledCommands: true }],
    ['maxRetriesPerRequest', { maxRetriesPerRequest: 20 }],
    ['maxRetriesPerRequest', { maxRetriesPerRequest: null }],
    ['readOnly', { readOnly: true }],
  ])('refuses a client whose %s lets commands wait, be repeated, or be answered by replicas', (name, wrong) => {
    expect(() => ioredisPort(redis({ ...right, ...wrong }))).toThrow(Misuse);
    expect(() => ioredisPort(redis({ ...right, ...wrong }))).toThrow(name);
    expect(() => ioredisPort(redis(right))).not.toThrow();
  });

  it.each([
    ['enableOfflineQueue', { enableOfflineQueue: true }],
    ['retryDelayOnFailover', { retryDelayOnFailover: 100 }],
    ['scaleReads', { scaleReads: 'slave' }],
    ['maxRetriesPerRequest', { redisOptions: { autoResendUnfulfilledCommands: false } }],
    ['autoResendUnfulfilledCommands', { redisOptions: { maxRetriesPerRequest: 0 } }],
  ])('refuses a cluster whose %s does', (name, wrong) => {
    expect(() => ioredisPort(cluster({ ...rightCluster, ...wrong }))).toThrow(name);
    expect(() => ioredisPort(cluster(rightCluster))).not.toThrow();
  });

  it('refuses a client whose errors nobody hears', () => {
    expect(() => ioredisPort(redis(right).removeAllListeners('error'))).toThrow('listener');
  });
});

describe('nodeRedisPort', () => {
  const client = (options: object) => createClient(options).on('error', () => {});

  it('refuses a client with an offline queue', () => {
    expect(() => nodeRedisPort(client({}))).toThrow('disableOfflineQueue');
    expect(() => nodeRedisPort(client({ disableOfflineQueue: true }))).not.toThrow();
  });

  it('refuses a client whose errors nobody hears, which would end the process', () => {
    expect(() => nodeRedisPort(createClient({ disableOfflineQueue: true }))).toThrow('listener');
    expect(() => nodeRedisPort(createCluster({ rootNodes: [] }))).toThrow('listener');
  });

  it.each([{ timeoutMs: 0 }, { maxPending: -1 }, { subscriptionPingMs: Number.NaN }])('refuses %j', (options) => {
    expect(() => nodeRedisPort(client({ disableOfflineQueue: true }), options)).toThrow(Misuse);
  });
});
