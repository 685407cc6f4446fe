import { parseArgs } from 'node:util';
import pg from 'pg';
import { AskedProcess } from '../asked-process.js';
import { markdownTable } from '../figures/markdown-table.js';
import { writeFigures } from '../figures/write-figures.js';
import { onDatabase } from '../on-database.js';
import { createSessionTable } from '../session-table.js';
import { spread } from '../spread.js';
import { type SharingAnswer, type SharingQuestion, type Way, WAYS } from './sharing-question.js';

const ROUNDS = 11;
const SLICE_MS = 200;
const WARM_UP_MS = 3_000;

type Asked = AskedProcess<SharingQuestion, SharingAnswer>;

/**
 * `npm run bench -- sharing`: what 16 callers who read one row each gain where they share connections, and what they lose
 * where one of them asks for what takes long.
 */
export async function benchSharing(line: readonly string[]): Promise<void> {
  parseArgs({ args: [...line], options: {} });
  await onDatabase(async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    await createSessionTable(client);
    await client.end();
    const processes: Asked[] = [];
    try {
      const program = new URL('./sharing-main.js', import.meta.url);
      for (const way of WAYS) processes.push(await AskedProcess.start(program, [way, url]));
      const rows = [...(await compared(processes, false)), ...(await compared(processes, true))];
      const head = ['16 callers that read one row', 'CPU, ratio to own', 'reads/s, ratio', 'p50 µs', 'p99 µs'];
      const table = markdownTable(head, rows);
      console.log(`\n${table}`);
      await writeFigures([{ name: 'sharing', text: table, picture: null }]);
    } finally {
      await Promise.all(processes.map((process) => process.stop()));
    }
  });
}

/** Slices of all ways in turn; medians over the rounds, of ratios within a round. */
async function compared(processes: readonly Asked[], slow: boolean): Promise<readonly (readonly string[])[]> {
  const rounds: Map<string, SharingAnswer>[] = [];
  for (const process of processes) await process.ask({ ms: WARM_UP_MS, slow });
  while (rounds.length < ROUNDS) {
    const round = new Map<string, SharingAnswer>();
    const inTurn = rounds.length % 2 === 0 ? processes : [...processes].reverse();
    for (const process of inTurn) round.set(process.name, await process.ask({ ms: SLICE_MS, slow }));
    rounds.push(round);
  }
  const median = (figure: (answer: SharingAnswer, own: SharingAnswer) => number, way: Way): number =>
    spread(rounds.map((round) => figure(round.get(way)!, round.get('own')!))).median;
  return WAYS.map((way) => [
    `${titles[way]}${slow ? ', and one that asks for much' : ''}`,
    median((one, own) => one.cpuMicros / one.reads / (own.cpuMicros / own.reads), way).toFixed(2),
    median((one, own) => one.reads / one.wallMs / (own.reads / own.wallMs), way).toFixed(2),
    median(({ p50Micros }) => p50Micros, way).toFixed(0),
    median(({ p99Micros }) => p99Micros, way).toFixed(0),
  ]);
}

const titles: Readonly<Record<Way, string>> = {
  own: 'a connection each',
  'shared-4': '4 shared connections',
  'shared-1': '1 shared connection',
};
