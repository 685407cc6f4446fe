import { drawChart } from '../figures/draw-chart.js';
import { markdownTable } from '../figures/markdown-table.js';
import type { Figures } from '../figures/write-figures.js';
import { keptBytes, type SoakVerdict, type TimedSample } from './soak-verdict.js';

const MEGABYTE = 1024 * 1024;

/** What was seen as a picture of memory over time, with how often what was done. */
export function reportSoak(samples: readonly TimedSample[], { sentences }: SoakVerdict): Figures {
  const actions = summed(samples.map((sample) => sample.actions));
  const errors = summed(samples.map((sample) => sample.errors));
  const done = [...actions.values()].reduce((sum, count) => sum + count, 0);
  const failed = [...errors.values()].reduce((sum, times) => sum + times, 0);
  const { retries, replays } = samples.at(-1)!;
  const seconds = samples.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / 1_000_000;
  const title = 'Memory while everything is done at full speed';
  const xs = samples.map(({ atMs }) => (atMs / 60_000).toFixed(1));
  const line = (label: string, colour: number, of: (sample: TimedSample) => number) => ({
    label,
    colour,
    isDashed: false,
    ys: samples.map((sample) => Number((of(sample) / MEGABYTE).toPrecision(4))),
  });
  const panel = { xLabel: 'minutes', yLabel: 'MB', isLogarithmic: false, xs };
  const picture = drawChart({
    title,
    description: sentences[0]!,
    panels: [
      {
        ...panel,
        title: 'Memory after collection',
        lines: [line('kept', 0, keptBytes), line('compiled code', 2, ({ codeBytes }) => codeBytes)],
      },
      {
        ...panel,
        title: 'Largest server process of a connection',
        lines: [line('server process', 1, ({ connections }) => connections.backendBytes)],
      },
    ],
  });
  const text = [
    `![${title}](pictures/soak.svg)`,
    `${count(done)} actions, ${count(failed)} of which failed as they were to; ${count(retries)} calls and ${count(replays)} transactions were made again; ${seconds.toFixed(0)} s of CPU time.`,
    sentences.map((sentence) => `- ${sentence}`).join('\n'),
    markdownTable(
      ['action', 'times'],
      [...actions].map(([name, n]) => [name, count(n)]),
    ),
    markdownTable(
      ['failed with', 'times'],
      [...errors].map(([name, n]) => [name, count(n)]),
    ),
  ].join('\n\n');
  return { name: 'soak', text, picture };
}

function summed(all: readonly Readonly<Record<string, number>>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [name, n] of all.flatMap((one) => Object.entries(one))) sums.set(name, (sums.get(name) ?? 0) + n);
  return new Map([...sums].sort(([, a], [, b]) => b - a));
}

function count(value: number): string {
  return value.toLocaleString('en');
}
