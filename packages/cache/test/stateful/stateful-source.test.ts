import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LivenessState, StatefulSource, StateUnavailable } from '@holdfast/cache';
import { type RedisServer, startRedis } from '@holdfast/local-redis';
import { describeRedis } from '../redis/fixture/describe-redis.js';
import { eventually } from '../redis/fixture/eventually.js';
import { type ConnectedPort, redisClients } from '../redis/fixture/redis-clients.js';

const [[, connect]] = redisClients as [(typeof redisClients)[0]];
const silentAfterMs = 200;

describeRedis('a stateful source', () => {
  let server: RedisServer;
  let client: ConnectedPort;
  let source: StatefulSource<'containers' | 'images'>;
  /** The same, to which nobody falls silent within a test. */
  let patient: StatefulSource<'containers' | 'images'>;
  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(async () => {
    await server.command('FLUSHALL');
    client = await connect([server.port], { timeoutMs: 10_000 });
    source = sourceOf(silentAfterMs);
    patient = sourceOf(60_000);
  });
  afterEach(() => client.close());
  afterAll(() => server.stop());

  function sourceOf(ms: number): StatefulSource<'containers' | 'images'> {
    const counts = ['containers', 'images'] as const;
    const redis = client.port;
    return new StatefulSource({ redis, layer: 'agent_stateful_source', entity: 'agent', counts, silentAfterMs: ms });
  }

  async function states(...ids: readonly string[]): Promise<readonly LivenessState[]> {
    return (await source.look(ids)).items.map(({ state }) => state);
  }

  /** As an application does, which asks again and again, while it hears some. */
  async function untilStatesAre(
    wanted: Readonly<Record<string, LivenessState>>,
    ...heard: readonly string[]
  ): Promise<void> {
    await eventually(async () => {
      if (heard.length > 0) await source.hear(heard.map((id) => ({ id })));
      const now = await states(...Object.keys(wanted));
      return Object.values(wanted).every((state, at) => state === now[at]);
    });
  }

  async function isBack(): Promise<void> {
    await eventually(() =>
      client.port.ping().then(
        () => true,
        () => false,
      ),
    );
  }

  it('knows who was heard of, what they told, and of nobody else', async () => {
    await patient.hear([{ id: 'a', counts: { containers: 3 } }, { id: 'b' }]);
    await patient.hear([{ id: 'a', counts: { images: 7 } }]);

    const { items } = await patient.look(['b', 'never', 'a']);

    const nothing = { containers: null, images: null };
    expect(items).toEqual([
      { id: 'b', state: 'heard', heardMsAgo: expect.any(Number), counts: nothing },
      { id: 'never', state: 'unknown', heardMsAgo: null, counts: nothing },
      { id: 'a', state: 'heard', heardMsAgo: expect.any(Number), counts: { containers: 3, images: 7 } },
    ]);
  });

  it('takes thousands in few trips', async () => {
    const ids = Array.from({ length: 2_500 }, (_, n) => `i-${n}`);
    await server.command('CONFIG', 'RESETSTAT');
    await source.hear(ids.map((id, n) => ({ id, counts: { containers: n } })));

    expect(String(await server.command('INFO', 'commandstats'))).toMatch(/cmdstat_evalsha:calls=[34],/);
    const { items } = await source.look(ids);
    expect(items.map(({ id, counts }) => [id, counts.containers])).toEqual(ids.map((id, n) => [id, n]));
  });

  it('lists those who fall silent, and no longer when they are heard again, or forgotten', async () => {
    await source.hear([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    const silent = async (): Promise<string> =>
      (await source.listSilent()).items.map(({ id, state }) => `${id} ${state}`).join();
    await eventually(async () => {
      await source.hear([{ id: 'a' }]);
      return (await silent()) === 'b silent,c silent';
    });
    expect((await source.listSilent(1)).items).toHaveLength(1);

    await source.forget(['c']);

    await eventually(async () => {
      await source.hear([{ id: 'a' }, { id: 'b' }]);
      return (await silent()) === '';
    });
    await untilStatesAre({ b: 'heard', c: 'unknown' }, 'b');
  });

  it('changes counts in one step, whoever comes at once', async () => {
    await source.hear([{ id: 'a', counts: { containers: 5, images: 1 } }]);

    await Promise.all(Array.from({ length: 50 }, (_, n) => source.change('a', { containers: n % 2 === 0 ? 2 : -1 })));

    expect(await source.change('a', { containers: 0, images: 4 })).toEqual({ containers: 30, images: 5 });
  });

  it('counts on nothing that it does not know', async () => {
    await source.hear([{ id: 'a', counts: { containers: 5 } }]);

    expect(await source.change('a', { containers: 1, images: 1 })).toBeNull();
    expect(await source.change('b', { containers: 1 })).toBeNull();
    expect((await source.look(['a'])).items[0]!.counts).toEqual({ containers: 5, images: null });
  });

  it('does not take those for silent whom a server that was restarted empty cannot know', async () => {
    await source.hear([{ id: 'a', counts: { containers: 5 } }, { id: 'b' }]);
    await server.kill();
    await expect(source.hear([{ id: 'a' }])).rejects.toBeInstanceOf(StateUnavailable);
    await expect(source.look(['a'])).rejects.toBeInstanceOf(StateUnavailable);
    await expect(source.listSilent()).rejects.toBeInstanceOf(StateUnavailable);
    await server.restart();
    await isBack();

    expect(await source.look(['a'])).toEqual({
      hearingForMs: 0,
      items: [{ id: 'a', state: 'unknown', heardMsAgo: null, counts: { containers: null, images: null } }],
    });
    expect(await source.change('a', { containers: 1 })).toBeNull();
    await source.hear([{ id: 'a' }]);
    await untilStatesAre({ a: 'silent', b: 'unknown' });
    expect((await source.look([])).hearingForMs).toBe(Infinity);
  });

  it('does not take those for silent who could not be heard while the server stood still', async () => {
    await source.hear([{ id: 'a' }, { id: 'b' }]);
    const heardAtMs = Number(await server.command('HGET', 'holdfast:{agent}:hearing', 'last'));
    await server.pause();
    await eventually(() => Date.now() > heardAtMs + 2 * silentAfterMs);
    server.resume();
    await isBack();

    expect(await states('a', 'b')).toEqual(['unknown', 'unknown']);
    expect((await source.listSilent()).items).toEqual([]);
    await untilStatesAre({ a: 'heard', b: 'silent' }, 'a');
    expect((await source.listSilent()).items).toContainEqual(expect.objectContaining({ id: 'b' }));
  });

  it('still answers while the server is full', async () => {
    await patient.hear([{ id: 'a' }]);
    await server.fill();
    try {
      await expect(patient.hear([{ id: 'b' }])).rejects.toBeInstanceOf(StateUnavailable);
      const { items } = await patient.look(['a', 'b']);
      expect(items.map(({ state }) => state)).toEqual(['heard', 'unknown']);
    } finally {
      await server.drain();
    }
  });

  it('knows after a failover what had reached the replica', async () => {
    const replica = await startRedis();
    try {
      await source.hear([{ id: 'a', counts: { containers: 5 } }]);
      await replica.follow(server);
      const behind = await connect([replica.port]);
      const promoted = new StatefulSource({
        redis: behind.port,
        layer: 'agent_stateful_source',
        entity: 'agent',
        counts: ['containers'],
        silentAfterMs: 60_000,
      });
      await replica.promote();

      expect(await promoted.change('a', { containers: 1 })).toEqual({ containers: 6 });
      expect((await promoted.look(['a'])).items[0]!.state).toBe('heard');
      behind.close();
    } finally {
      await replica.stop();
    }
  });

  it('forgets those who are silent for long, with what they told, as others are heard', async () => {
    const brief = new StatefulSource({
      redis: client.port,
      layer: 'agent_stateful_source',
      entity: 'brief',
      counts: ['containers'],
      silentAfterMs: 10,
      forgetAfterMs: 50,
    });
    await brief.hear([{ id: 'a', counts: { containers: 5 } }]);
    await eventually(async () => {
      await brief.hear([{ id: 'b', counts: { containers: 1 } }]);
      const [heard, counts] = ['ZCARD holdfast:{brief}:heard', 'HGETALL holdfast:{brief}:counts'].map((command) =>
        server.command(...command.split(' ')),
      );
      return (await heard) === 1 && String(await counts) === 'containers:b,1';
    });
    await eventually(async () => (await server.command('EXISTS', 'holdfast:{brief}:heard')) === 0);
  });
});

describe('a stateful source', () => {
  it('refuses times that cannot be', () => {
    const make = (times: object) => () =>
      new StatefulSource({ redis: null as never, layer: 'x', entity: 'x', counts: [], silentAfterMs: 1000, ...times });

    expect(make({ silentAfterMs: 0 })).toThrow('silentAfterMs');
    expect(make({ silentAfterMs: 1.5 })).toThrow('silentAfterMs');
    expect(make({ forgetAfterMs: 1000 })).toThrow('forgetAfterMs');
  });

  it.each([
    [[{ id: '' }], '/id'],
    [[{ id: 'a', counts: { containers: 1.5 } }], '/counts'],
  ])('refuses to hear %j', async (reports, pointer) => {
    const args = { layer: 'x', entity: 'x', counts: ['containers'] as const, silentAfterMs: 1000 };
    const source = new StatefulSource({ ...args, redis: null as never });

    await expect(source.hear(reports)).rejects.toMatchObject({ name: 'InvalidInput', pointer });
  });
});
