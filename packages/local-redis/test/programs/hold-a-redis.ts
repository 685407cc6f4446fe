// Starts a server of Redis, prints its process id, and holds it.
import { startRedis } from '@holdfast/local-redis';

const { processId } = await startRedis();
console.log(processId);
process.stdin.resume();
