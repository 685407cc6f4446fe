import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeRedisPort, StateUnavailable } from '@holdfast/cache';
import { type AgentId, agentId } from '@holdfast/domain-types';
import { redisIsInstalled, type RedisServer, startRedis } from '@holdfast/local-redis';
import { unscoped } from '@holdfast/querier';
import { createClient } from 'redis';
import { AgentLiveness, type AgentLives } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/agents.js';

const isInstalled = redisIsInstalled();
if (!isInstalled) process.stderr.write('Left out: the lives of agents, for which redis-server is not installed.\n');
const describeRedis = isInstalled ? describe : describe.skip;

const all = unscoped('a sweep');

describeRedis('AgentLiveness', () => {
  let test: AgentDatabase;
  let redis: RedisServer;
  let client: ReturnType<typeof clientOf>;
  let liveness: AgentLiveness;
  /** The same, to which nobody falls silent within a test. */
  let patient: AgentLiveness;
  let a: AgentId, b: AgentId, inOther: AgentId;

  const clientOf = (port: number) =>
    createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: () => 20 }, disableOfflineQueue: true });

  beforeAll(async () => {
    test = await agentDatabase();
    const agents = await test.repository.bulkCreate(all, [spec(blue), spec(blue), spec(red)]);
    [a, b, inOther] = agents.map(({ id }) => id) as [AgentId, AgentId, AgentId];
    redis = await startRedis();
    client = clientOf(redis.port);
    client.on('error', () => {});
    await client.connect();
    const args = { database: test.database, redis: nodeRedisPort(client, { timeoutMs: 10_000 }) };
    liveness = new AgentLiveness({ ...args, silentAfterMs: 300 });
    patient = new AgentLiveness({ ...args, silentAfterMs: 60_000 });
  });
  afterAll(async () => {
    client.destroy();
    await redis.stop();
    await test.close();
  });

  const shown = ({ items }: AgentLives) =>
    items.map(({ agent, state, containers }) => [agent.id, state, containers] as const);

  /** Until exactly these of blue are silent, though a machine may be so busy that all are for a moment. */
  async function untilSilent(ids: readonly AgentId[], beating: readonly AgentId[] = []): Promise<void> {
    for (;;) {
      await liveness.recordHeartbeats(beating.map((id) => ({ id })));
      const silent = (await liveness.listSilentAgents(inBlue)).items.map(({ agent }) => agent.id);
      if (silent.toSorted().join() === ids.toSorted().join()) return;
      await delay(5);
    }
  }

  it('knows of those whom the scope shows, in the order that was asked', async () => {
    await patient.recordHeartbeats([{ id: a, containers: 2 }, { id: inOther, containers: 9 }, { id: nobody }]);

    expect(shown(await patient.getLives(inBlue, [b, inOther, nobody, a]))).toEqual([
      [b, 'unknown', null],
      [a, 'heard', 2],
    ]);
    expect(shown(await patient.getLives(inRed, [inOther, a]))).toEqual([[inOther, 'heard', 9]]);
    expect(await patient.changeContainers(a, -1)).toBe(1);
    expect(await patient.changeContainers(b, 1)).toBeNull();
  });

  it('lists who has fallen silent, of agents that there are', async () => {
    await liveness.recordHeartbeats([{ id: a }, { id: b }, { id: agentId('i-was-purged') }]);
    await untilSilent([b], [a]);

    await liveness.forgetAgents([b]);

    await untilSilent([], [a]);
    expect(shown(await patient.getLives(inBlue, [b]))).toEqual([[b, 'unknown', null]]);
  });

  it('takes nobody for silent while Redis is away, nor whom it has forgotten when it is back', async () => {
    await liveness.recordHeartbeats([{ id: a, containers: 4 }, { id: b }]);
    await untilSilent([b], [a]);

    await redis.kill();
    await expect(liveness.recordHeartbeats([{ id: a }])).rejects.toBeInstanceOf(StateUnavailable);
    expect(await liveness.listSilentAgents(all)).toEqual({ hearingForMs: 0, items: [] });
    expect(shown(await liveness.getLives(inBlue, [a, b]))).toEqual([
      [a, 'unknown', null],
      [b, 'unknown', null],
    ]);

    await redis.restart();
    while (!client.isReady) await delay(5);
    await liveness.recordHeartbeats([{ id: a }]);
    await untilSilent([a]);
    // Whoever asks after more than that time has to hear anew.
    let lives = await liveness.getLives(inBlue, [a, b]);
    while (lives.hearingForMs <= 300) lives = await liveness.getLives(inBlue, [a, b]);
    expect(shown(lives)).toEqual([
      [a, 'silent', null],
      [b, 'unknown', null],
    ]);
  });
});
