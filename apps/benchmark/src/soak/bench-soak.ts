import { writeFile } from 'node:fs/promises';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';
import { AskedProcess } from '../asked-process.js';
import { writeFigures } from '../figures/write-figures.js';
import { reportMissed } from '../targets.js';
import { createItemTable } from './item-table.js';
import { readSoakArgs } from './read-soak-args.js';
import { reportSoak } from './report-soak.js';
import { CUTS } from './soak-load.js';
import type { SoakQuestion, SoakSample } from './soak-sample.js';
import { soakVerdict, type TimedSample } from './soak-verdict.js';

const SAMPLES = 60;
/** What is written to the page is of a soak of at least so many minutes. */
const LEAST_MINUTES = 10;

/** `npm run soak`: everything at full speed for minutes, and whether anything grows. */
export async function benchSoak(line: readonly string[]): Promise<void> {
  const { minutes, seed, json } = readSoakArgs(line);
  // The disk would only slow down what is to run as often as it can.
  const postgres = await startEmbeddedPostgres({ durability: 'fast' });
  try {
    const client = new pg.Client(postgres.url);
    await client.connect();
    await createItemTable(client);
    await client.end();
    const samples = await soak(postgres.url, minutes, seed);
    const verdict = soakVerdict(samples, minutes);
    const report = reportSoak(samples, verdict);
    console.log(`\n${report.text}`);
    reportMissed(verdict.missed);
    if (minutes >= LEAST_MINUTES) await writeFigures([report]);
    if (json !== null) await writeFile(json, `${JSON.stringify(samples, null, 2)}\n`);
  } finally {
    await postgres.stop();
  }
}

async function soak(url: string, minutes: number, seed: number): Promise<readonly TimedSample[]> {
  const program = new URL('./soak-main.js', import.meta.url);
  const flags = ['--expose-gc'];
  const args = ['soak', url, String(seed), String((minutes * 60_000) / CUTS)] as const;
  const working = await AskedProcess.start<SoakQuestion, SoakSample>(program, args, flags);
  const ms = (minutes * 60_000) / SAMPLES;
  try {
    // Code is compiled, and what is made once is made: a fifth of the time, so that none of it counts as growth.
    await working.ask({ ms: minutes * 12_000 });
    await working.ask({ ms });
    const samples: TimedSample[] = [];
    const begin = performance.now();
    for (let index = 0; index < SAMPLES; index++) {
      const sample = { ...(await working.ask({ ms })), atMs: performance.now() - begin };
      samples.push(sample);
      console.log(lineOf(sample));
    }
    return samples;
  } finally {
    await working.stop();
  }
}

function lineOf({ atMs, heapBytes, externalBytes, connections, actions, resources }: TimedSample): string {
  const done = Object.values(actions).reduce((sum, n) => sum + n, 0);
  const megabytes = ((heapBytes + externalBytes) / 1024 / 1024).toFixed(2);
  return `${(atMs / 1_000).toFixed(0).padStart(4)} s  ${megabytes} MB  ${done} actions  ${connections.preparedStatements} statements  ${JSON.stringify(resources)}`;
}
