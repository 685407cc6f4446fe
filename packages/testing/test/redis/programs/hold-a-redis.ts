// Starts a server of Redis, prints its process id, and holds it.
import { startRedis } from '@holdfast/testing';

const { processId } = await startRedis();
console.log(processId);
process.stdin.resume();
