// The process of one contender of `npm run bench -- cache`.
import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { answerParent } from '../answer-parent.js';
import { comparableText } from '../comparable-text.js';
import { sampleOf } from '../workload.js';
import { CACHE_CONTENDERS, openCacheWay } from './cache-contenders.js';
import type { CacheAnswer, CacheQuestion } from './cache-question.js';
import type { WatchRead } from './cache-way.js';
import { seenPromises } from './seen-promises.js';

const CONNECTIONS = 16;
/** Rows that are read again and again: all of them are in the cache. */
const ROWS = 1_000;
/** Gets of one caller between two looks at the clock. */
const BATCH = 32;
/** Of a slice, the first part that is not counted: who has rested while others ran is slower at first. */
const LEAD_IN = 0.25;
const NOTHING: CacheAnswer = { text: '', promises: null, gets: 0, cpuMicros: 0, loads: 0 };

const [name, url, redisPort] = process.argv.slice(2) as [string, string, string];
const contender = CACHE_CONTENDERS.find((one) => one.name === name)!;
const client = new pg.Client(url);
await client.connect();
const sample = await sampleOf(client);
const rows = sample.slice(0, ROWS);
let loads = 0;
let held: ((release: () => void) => void) | null = null;

const watch: WatchRead = async (read) => {
  loads += 1;
  const found = await read();
  const hold = held;
  held = null;
  if (hold !== null) await new Promise<void>(hold);
  return found;
};

const { where, shared = false } = contender;
const prefix = name.replaceAll(/\W+/g, '-');
const connections = CONNECTIONS;
const way = await openCacheWay(contender, {
  ...{ where, shared, url, connections, watch, prefix },
  redisPort: Number(redisPort),
});

async function read(): Promise<CacheAnswer> {
  const texts: string[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    texts.length = 0;
    for (const [id, tenant] of rows) texts.push(comparableText(await way.get(tenant, id)));
  }
  return { ...NOTHING, text: texts.join('\n'), loads };
}

async function promises(row: number): Promise<CacheAnswer> {
  const [id, tenant] = sample.at(-1 - row)!;
  const seen = await seenPromises({
    ...{ way, tenant, id, loads: () => loads },
    holdLoad: () => new Promise((isHeld) => (held = (release) => isHeld(release))),
    rename: async (to) => void (await client.query('UPDATE sessions SET name = $1 WHERE id = $2', [to, id])),
  });
  return { ...NOTHING, promises: seen };
}

/** So many callers, each of which awaits its get before the next. */
async function slice(callers: number, ms: number): Promise<CacheAnswer> {
  await gets(callers, ms * LEAD_IN);
  const before = loads;
  const start = process.cpuUsage();
  const done = await gets(callers, ms);
  const { user, system } = process.cpuUsage(start);
  return { ...NOTHING, gets: done, cpuMicros: user + system, loads: loads - before };
}

async function gets(callers: number, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let done = 0;
  const caller = async (_: unknown, number: number): Promise<void> => {
    for (let next = number; performance.now() < end;) {
      for (let left = BATCH; left > 0; left -= 1) {
        const [id, tenant] = rows[next % ROWS]!;
        next += callers;
        await way.get(tenant, id);
      }
      done += BATCH;
      // What is in memory never lets the event loop turn, which a service does.
      await nextTurn();
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return done;
}

answerParent(
  (question: CacheQuestion) => {
    if (question.ask === 'read') return read();
    return question.ask === 'promises' ? promises(question.row) : slice(question.callers, question.ms);
  },
  async () => {
    await way.close();
    await client.end();
  },
);
