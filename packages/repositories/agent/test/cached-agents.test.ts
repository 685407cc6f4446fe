import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousCommitError } from '@holdfast/base';
import { nodeRedisPort, RedisCache, TwoTierCache } from '@holdfast/cache';
import type { AgentId } from '@holdfast/domain-types';
import { redisIsInstalled, type RedisServer, startRedis } from '@holdfast/local-redis';
import { unscoped, where } from '@holdfast/querier';
import {
  createTestDatabase,
  type FaultProxy,
  startFaultProxy,
  type TestDatabase,
  testServerUrl,
} from '@holdfast/testing';
import { createClient } from 'redis';
import { agentEntities } from '../src/entities.js';
import { type AgentInfo, AgentRepositories, type AgentRepository, type AgentRow } from '../src/index.js';
import { agentMigrations } from '../src/migrations/index.js';
import { blue, inBlue, spec } from './fixture/agents.js';

const isInstalled = redisIsInstalled();
if (!isInstalled) process.stderr.write('Left out: cached agents, for which redis-server is not installed.\n');
const describeRedis = isInstalled ? describe : describe.skip;

const everybody = unscoped('a test');
const [AGENTS, WRITES, READERS] = [2, 18, 6];

/** What a process has: a client, a cache by it, and repositories. */
interface Process {
  readonly repository: AgentRepository;
  close(): Promise<void>;
}

describeRedis('agents in front of which several processes have a cache', () => {
  let redis: RedisServer;
  let proxy: FaultProxy;
  let test: TestDatabase;

  beforeAll(async () => {
    redis = await startRedis();
    const { hostname: host, port } = new URL(await testServerUrl());
    proxy = await startFaultProxy({ host, port: Number(port || 5432) });
    test = await createTestDatabase({
      entities: agentEntities,
      migrations: agentMigrations,
      pool: { max: 16 },
      through: { url: proxy.through(await testServerUrl()) },
    });
  });
  afterAll(async () => {
    await test.close();
    await proxy.close();
    await redis.stop();
  });

  async function processOf(tiers: 1 | 2): Promise<Process> {
    const client = createClient({ socket: { host: '127.0.0.1', port: redis.port }, disableOfflineQueue: true });
    client.on('error', () => {});
    await client.connect();
    // A loaded machine may be slow, and every read that Redis does not answer in time is one of the database.
    const args = { redis: nodeRedisPort(client, { timeoutMs: 5_000 }), readTimeoutMs: 5_000, writeTimeoutMs: 5_000 };
    const cache = tiers === 1 ? new RedisCache(args) : new TwoTierCache(args);
    if (cache instanceof TwoTierCache) await cache.start();
    const { repository } = AgentRepositories.create({ database: test.database, cache });
    const close = async (): Promise<void> => {
      await cache.close();
      client.destroy();
    };
    return { repository, close };
  }

  const version = (number: number): { readonly version: string } => ({ version: String(number) });

  /** The ways in which an agent gets another version. */
  const writes: readonly ((repository: AgentRepository, agent: AgentInfo, to: number) => Promise<unknown>)[] = [
    (repository, { id }, to) => repository.update(inBlue, id, version(to)),
    (repository, { id }, to) => repository.upsert(inBlue, spec(blue, { id, ...version(to) })),
    (repository, { id }, to) => repository.batchUpdate(everybody, [id], version(to)),
    (repository, { id }, to) => repository.batchUpdate(everybody, where<AgentRow>({ id: { eq: id } }), version(to)),
    (repository, { id }, to) =>
      test.database.beginSession(async (dbSession) => {
        await repository.within(dbSession).update(inBlue, id, version(to));
        await delay(Math.random() * 3);
      }),
    async (repository, { id }, to) => {
      const undone = test.database.beginSession(async (dbSession) => {
        await repository.within(dbSession).update(inBlue, id, { version: '-1' });
        throw new Error('changed my mind');
      });
      await expect(undone).rejects.toThrow('changed my mind');
      await repository.update(inBlue, id, version(to));
    },
  ];

  it('are never read as they were before a write that is over, whoever writes and however', async () => {
    const processes = [await processOf(1), await processOf(1), await processOf(1)];
    const any = (): AgentRepository => processes[Math.floor(Math.random() * processes.length)]!.repository;
    const agents = await any().bulkCreate(
      inBlue,
      Array.from({ length: AGENTS }, () => spec(blue, version(0))),
    );
    const acknowledged = new Map<AgentId, number>(agents.map(({ id }) => [id, 0]));
    let isOver = false;
    let reads = 0;

    const writing = agents.map(async (agent) => {
      for (let to = 1; to <= WRITES; to++) {
        await writes[to % writes.length]!(any(), agent, to);
        acknowledged.set(agent.id, to);
      }
    });
    const reading = Array.from({ length: READERS }, async () => {
      while (!isOver) {
        const { id } = agents[Math.floor(Math.random() * agents.length)]!;
        const atLeast = acknowledged.get(id)!;
        const seen = await any().get(inBlue, id);
        reads += 1;
        expect(Number(seen.version)).toBeGreaterThanOrEqual(atLeast);
        if (Math.random() < 0.1) await delay(1);
      }
    });
    await Promise.all(writing).finally(() => (isOver = true));
    await Promise.all(reading);
    for (const { close } of processes) await close();

    expect(reads).toBeGreaterThan(0);
  });

  it('are read as one’s own writes have left them, with memory in front of Redis', async () => {
    const process = await processOf(2);
    // Two repositories of one process, as two modules of it may have.
    const agent = await process.repository.create(inBlue, spec(blue, version(0)));
    for (let to = 1; to <= 2 * writes.length; to++) {
      await process.repository.get(inBlue, agent.id);
      await writes[to % writes.length]!(process.repository, agent, to);
      expect(await process.repository.get(inBlue, agent.id)).toMatchObject(version(to));
    }
    await process.close();
  });

  it.each(['cutAfter', 'resetBefore'] as const)(
    'are as the database has them after a write of which nobody knows whether it was committed: %s',
    async (fault) => {
      const [one, other] = [await processOf(1), await processOf(1)];
      const { repository: plain } = AgentRepositories.create({ database: test.database });
      const { id } = await one.repository.create(inBlue, spec(blue, version(0)));
      for (const { repository } of [one, other]) await repository.get(inBlue, id);

      const landing = proxy.next({ fault, at: 'sync' });
      const options = { commit: 'one-trip' } as const;
      const write = one.repository.update(inBlue, id, version(1), options).catch((error: unknown) => error);
      await landing;

      expect(await write).toBeInstanceOf(AmbiguousCommitError);
      const stored = await plain.get(inBlue, id);
      // Twice: what is read is not stored, either.
      for (const { repository } of [one, other, one, other]) expect(await repository.get(inBlue, id)).toEqual(stored);
      await one.close();
      await other.close();
    },
  );

  it('are read while Redis is gone, and each write is seen by who has made it', async () => {
    const { repository, close } = await processOf(1);
    const { id } = await repository.create(inBlue, spec(blue, version(0)));
    await repository.get(inBlue, id);
    await redis.kill();

    await repository.update(inBlue, id, version(1));
    expect(await repository.get(inBlue, id)).toMatchObject(version(1));
    await repository.updateStatus(inBlue, id, 'LOST');
    expect(await repository.get(inBlue, id)).toMatchObject({ status: 'LOST' });
    await redis.restart();
    await close();
  });
});
