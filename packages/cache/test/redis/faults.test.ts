import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { startMember } from '../../history/member.js';
import type { RedisWorld } from '../../history/redis-world.js';
import { startSingleRedis } from '../../history/single-redis.js';
import { describeRedis } from './fixture/describe-redis.js';
import { eventually } from './fixture/eventually.js';
import { Traffic } from './fixture/traffic.js';

const happens = {
  killed: 'restart',
  paused: 'pause',
  slow: 'slow',
  full: 'full',
  'cut off': 'cut',
  'failed over': 'failover',
} as const;
const cases = (['bounded', 'strict'] as const).flatMap((mode) =>
  (Object.keys(happens) as (keyof typeof happens)[]).map((what) => [what, mode] as const),
);

describeRedis('a repository on Redis and PostgreSQL, in the middle of whose traffic Redis', () => {
  const table = `cache_faults_${Math.floor(Math.random() * 2 ** 40)}`;
  const ids = ['a', 'b', 'c', 'd'];
  const figures: (readonly (string | number)[])[] = [];
  let pool: Pool;
  let world: RedisWorld;

  beforeAll(async () => {
    world = await startSingleRedis();
    pool = new Pool({ connectionString: process.env['HOLDFAST_TEST_DATABASE_URL']!, max: 8 });
    await pool.query(`CREATE TABLE ${table} (id text PRIMARY KEY, version int NOT NULL)`);
    await pool.query(`INSERT INTO ${table} SELECT id, 0 FROM unnest($1::text[]) id`, [ids]);
  });
  afterAll(async () => {
    await pool.query(`DROP TABLE ${table}`);
    await pool.end();
    await world.stop();
    const head = [
      'Redis is',
      'writes',
      'reads',
      'by cache',
      'by database',
      'failed',
      'too old',
      'refused',
      'healed ms',
    ];
    const lines = [head, ...figures].map((row) => row.map((cell) => String(cell).padStart(12)).join(''));
    process.stdout.write(`${lines.join('\n')}\n`);
  });

  it.each(cases)('is %s answers its reads (%s writes), none with what is too old, and heals', async (what, mode) => {
    const who = { mode, random: Math.random, isPatient: false };
    const members = [await startMember(world, who), await startMember(world, who)];
    const sources = members.map(({ source }) => source);
    const traffic = new Traffic({ pool, table, ids, sources });
    traffic.start();
    try {
      await eventually(() => traffic.hasEverythingCached());
      const before = traffic.count;
      const heal = await world.faults[happens[what]]!();
      await eventually(() => traffic.count.answered >= before.answered + 150 || traffic.count.failed > 0);
      await heal();
      const healedAtMs = performance.now();
      traffic.forgetWhatIsCached();
      await eventually(() => traffic.hasEverythingCached() && traffic.acknowledgesAgain());
      const tookMs = Math.round(performance.now() - healedAtMs);
      await traffic.stop();
      await eventually(() => traffic.allSeeTheLatest());

      const { answered, byCache, failed, tooOld, refused } = traffic.count;
      figures.push([what, mode, answered, byCache, answered - byCache, failed, tooOld, refused, tookMs]);
      expect({ failed, tooOld }).toEqual({ failed: 0, tooOld: 0 });
      if (mode === 'bounded') expect(refused).toBe(0);
    } finally {
      await traffic.stop();
      for (const member of members) await member.close();
    }
  });
});
