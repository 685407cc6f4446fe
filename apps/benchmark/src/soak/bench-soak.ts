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
import { keptBytes, soakVerdict, type TimedSample } from './soak-verdict.js';

const SAMPLES = 60;
/** Actions before the first sample: by time, a busy machine would measure what is still being made. */
const WARM_UP = 100_000;
/** What is written to the page is of a soak of at least so many minutes. */
const LEAST_MINUTES = 10;

/** `npm run soak`: everything at full speed for minutes, and whether anything grows. */
export async function benchSoak(line: readonly string[]): Promise<void> {
  const { minutes, seed, json } = readSoakArgs(line);
  // Neither the disk nor waiting for deadlocks shall slow down what is to run as often as it can.
  const postgres = await startEmbeddedPostgres({ durability: 'fast', settings: { deadlock_timeout: '20ms' } });
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
  // Every forced collection would age compiled code, and drop what did not run of late: that would look like change.
  const flags = ['--expose-gc', '--no-flush-bytecode'];
  const args = ['soak', url, String(seed), String((minutes * 60_000) / CUTS)] as const;
  const working = await AskedProcess.start<SoakQuestion, SoakSample>(program, args, flags);
  const ms = (minutes * 60_000) / SAMPLES;
  try {
    // Code is compiled, statements of all shapes are prepared: none of it shall count as growth.
    for (let done = 0; done < WARM_UP; done += doneIn(await working.ask({ ms: 5_000 })));
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

function doneIn({ actions }: SoakSample): number {
  return Object.values(actions).reduce((sum, times) => sum + times, 0);
}

function lineOf(sample: TimedSample): string {
  const { atMs, connections, resources } = sample;
  const megabytes = (keptBytes(sample) / 1024 / 1024).toFixed(2);
  return `${(atMs / 1_000).toFixed(0).padStart(4)} s  ${megabytes} MB  ${doneIn(sample)} actions  ${connections.preparedStatements} statements  ${JSON.stringify(resources)}`;
}
