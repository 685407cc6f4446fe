import { describe } from '@jest/globals';
import { redisIsInstalled } from '@holdfast/local-redis';

const isInstalled = redisIsInstalled();
if (!isInstalled) process.stderr.write('Left out: what needs Redis, whose server is not installed (redis-server).\n');

/** `describe` where Redis is installed. */
export const describeRedis: typeof describe.only = isInstalled ? describe : describe.skip;
