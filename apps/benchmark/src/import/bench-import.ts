import { parseArgs } from 'node:util';
import { onDatabase } from '../on-database.js';
import { RefusedOption } from '../refused-option.js';
import { printed, spread } from '../spread.js';
import { compareImports } from './compare-imports.js';
import { generatedTraceLines, readTraceLines } from './trace-lines.js';

/** The least share of the rows per second of a hand-written COPY. */
const TARGET = 0.25;

/** `npm run bench -- import`: a trace as sessions, kernels, allocations and agents, by the repositories and by COPY. */
export async function benchImport(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...line],
    options: {
      pods: { type: 'string' },
      nodes: { type: 'string' },
      rounds: { type: 'string', default: '7' },
    },
  });
  const { pods, nodes } = values;
  if ((pods === undefined) !== (nodes === undefined)) throw new RefusedOption('--pods and --nodes are given together.');
  const lines =
    pods === undefined || nodes === undefined ? generatedTraceLines() : await readTraceLines({ pods, nodes });
  const { rows, rounds } = await onDatabase((url) => compareImports(url, lines, Number(values.rounds)));

  const perSecond = (way: 'holdfast' | 'copy'): string =>
    Math.round(spread(rounds.map((round) => rows / round[way])).median).toLocaleString('en');
  const ratio = spread(rounds.map(({ holdfast, copy }) => copy / holdfast));
  console.log(`${rows.toLocaleString('en')} rows of ${pods ?? 'generated lines'}, medians of ${rounds.length} rounds`);
  console.log(`holdfast: ${perSecond('holdfast')} rows per second`);
  console.log(`COPY by hand: ${perSecond('copy')} rows per second`);
  console.log(`ratio: ${printed(ratio)}`);
  if (ratio.median >= TARGET) return;
  console.log(`missed: at least ${TARGET}`);
  process.exitCode = 1;
}
