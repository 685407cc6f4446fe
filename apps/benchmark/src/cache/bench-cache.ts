import { parseArgs } from 'node:util';
import { startRedis } from '@holdfast/local-redis';
import pg from 'pg';
import { AskedProcess } from '../asked-process.js';
import { checkEqual } from '../check-equal.js';
import { writeFigures } from '../figures/write-figures.js';
import { onDatabase } from '../on-database.js';
import { createSessionTable } from '../session-table.js';
import { missedByCache, reportMissed } from '../targets.js';
import { CACHE_CONTENDERS } from './cache-contenders.js';
import type { CacheAnswer, CacheQuestion } from './cache-question.js';
import { type CacheMeasurement, type CacheProcess, measureCaches } from './measure-caches.js';
import { reportCaches } from './report-caches.js';

/** `npm run bench -- cache`: what one read of a row costs in Node, from the database and from caches, ours and others'. */
export async function benchCache(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...line], options: { rounds: { type: 'string', default: '11' } } });
  const measurements = await onDatabase(async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    await createSessionTable(client);
    await client.end();
    const redis = await startRedis();
    try {
      return await compared(url, redis.port, Number(values.rounds));
    } finally {
      await redis.stop();
    }
  });
  const text = reportCaches(measurements);
  console.log(`\n${text}`);
  await writeFigures([{ name: 'cache', text, picture: null }]);
  reportMissed(missedByCache(measurements));
}

async function compared(url: string, redisPort: number, rounds: number): Promise<readonly CacheMeasurement[]> {
  const processes: CacheProcess[] = [];
  try {
    for (const { name } of CACHE_CONTENDERS) {
      const process = await started(name, url, redisPort);
      if (process !== null) processes.push(process);
    }
    await checkResults(processes);
    return await measureCaches(processes, rounds);
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
  }
}

/** Null for a peer that is not installed. */
async function started(name: string, url: string, redisPort: number): Promise<CacheProcess | null> {
  const program = new URL('./cache-main.js', import.meta.url);
  try {
    return await AskedProcess.start<CacheQuestion, CacheAnswer>(program, [name, url, String(redisPort)]);
  } catch (error) {
    console.error(`${name}: not measured: ${(error as Error).message}`);
    return null;
  }
}

/** Nothing is timed unless all read the same, dates as dates, and the caches in fact from their caches. */
async function checkResults(processes: readonly CacheProcess[]): Promise<void> {
  const texts: { readonly contender: string; readonly text: string }[] = [];
  const reads: string[] = [];
  for (const process of processes) {
    const { text, loads } = await process.ask({ ask: 'read' });
    texts.push({ contender: process.name, text });
    const expected = CACHE_CONTENDERS.find(({ name }) => name === process.name)!.where === 'database' ? 2_000 : 1_000;
    if (loads !== expected) reads.push(`${process.name} has read the database ${loads} times, not ${expected}.`);
  }
  const wrong = [...checkEqual('get', texts), ...reads];
  if (wrong.length > 0) throw new Error(`Nothing was measured:\n${wrong.join('\n')}`);
}
