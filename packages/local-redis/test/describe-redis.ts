import { describe } from '@jest/globals';
import { redisIsInstalled } from '@holdfast/local-redis';

const isInstalled = redisIsInstalled();
if (!isInstalled)
  process.stderr.write(
    'Left out: what happens to a Redis that may be killed: its server is not installed (redis-server).\n',
  );

/** `describe` where Redis is installed. */
export const describeRedis: typeof describe.only = isInstalled ? describe : describe.skip;
