// The process of one way of `npm run bench -- sharing`.
import pg from 'pg';
import { answerParent } from '../answer-parent.js';
import { pgStatements } from '../contenders/pg-statements.js';
import { sampleOf } from '../workload.js';
import type { SharingAnswer, SharingQuestion, Way } from './sharing-question.js';

const CALLERS = 16;
/** Some tens of milliseconds of the server's. */
const SLOW = { name: 'slow', text: 'SELECT count(*) FROM generate_series(1, 300000) g WHERE g % 7 = $1' };

const [way, url] = process.argv.slice(2) as [Way, string];
const connections = way === 'own' ? CALLERS : Number(way.slice('shared-'.length));
// pg's own pipeline: statements are sent without waiting for the answers to those before.
const clients = Array.from(
  { length: connections },
  () => new pg.Client({ connectionString: url, pipeline: way !== 'own' } as pg.ClientConfig),
);
await Promise.all(clients.map((client) => client.connect()));
const sample = await sampleOf(clients[0]!);
let next = 0;

async function slice({ ms, slow }: SharingQuestion): Promise<SharingAnswer> {
  const latencies: number[] = [];
  const end = performance.now() + ms;
  const caller = async (_: unknown, number: number): Promise<void> => {
    const client = clients[number % connections]!;
    const isSlow = slow && number === 0;
    for (let start = performance.now(); start < end;) {
      const [id, tenant] = sample[next++ % sample.length]!;
      await client.query(isSlow ? { ...SLOW, values: [3] } : { ...pgStatements.get, values: [id, tenant] });
      const now = performance.now();
      if (!isSlow) latencies.push(now - start);
      start = now;
    }
  };
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const used = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number => latencies[Math.floor(latencies.length * q)]! * 1_000;
  return {
    reads: latencies.length,
    wallMs: performance.now() - start,
    cpuMicros: used.user + used.system,
    p50Micros: quantile(0.5),
    p99Micros: quantile(0.99),
  };
}

answerParent(slice, async () => void (await Promise.all(clients.map((client) => client.end()))));
