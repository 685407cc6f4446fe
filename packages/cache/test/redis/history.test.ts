import { randomInt } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { histories } from '../../history/histories.js';
import { runHistory } from '../../history/history.js';
import { seededRandom } from '../../history/seeded-random.js';
import { describeRedis } from './fixture/describe-redis.js';

// `npm run cache-history` is the same for longer, and more of it.
const size = { writes: 30, reads: 1_200, faults: 4, keys: 4 };

describeRedis('a history of reads and writes on Redis and PostgreSQL', () => {
  it.each(histories.filter(({ isLong = false }) => !isLong))('is as it should be: $name', async ({ plan, holds }) => {
    const seed = randomInt(2 ** 31);
    const databaseUrl = process.env['HOLDFAST_TEST_DATABASE_URL']!;

    const random = seededRandom(seed);

    let report = await runHistory({ ...size, ...plan, databaseUrl, random });
    // A short history of what is wrong may go well by chance.
    for (let more = 20; plan.mode === 'naive' && !holds(report) && more > 0; more--) {
      report = await runHistory({ ...size, ...plan, databaseUrl, random });
    }

    expect({ seed, ...report, holds: holds(report) }).toMatchObject({ holds: true, reads: size.reads });
  });
});
