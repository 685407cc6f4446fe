import { parseArgs } from 'node:util';
import { onDatabase } from '../on-database.js';
import { printed, spread } from '../spread.js';
import { comparePoints } from './compare-points.js';

/** The least share of the points per second of a hand-written COPY. */
const TARGET = 0.3;

/** `npm run bench -- points`: points of metrics, by the repository and by COPY. */
export async function benchPoints(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...line],
    options: {
      points: { type: 'string', default: '1000000' },
      metrics: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const { points, rounds } = await onDatabase((url) =>
    comparePoints(url, Number(values.points), Number(values.metrics), Number(values.rounds)),
  );
  const perSecond = (way: 'holdfast' | 'copy'): string =>
    Math.round(spread(rounds.map((round) => points / round[way])).median).toLocaleString('en');
  const ratio = spread(rounds.map(({ holdfast, copy }) => copy / holdfast));
  console.log(`${points.toLocaleString('en')} points of ${values.metrics} metrics, medians of ${rounds.length} rounds`);
  console.log(`holdfast: ${perSecond('holdfast')} points per second`);
  console.log(`COPY by hand: ${perSecond('copy')} points per second`);
  console.log(`ratio: ${printed(ratio)}`);
  if (ratio.median >= TARGET) return;
  console.log(`missed: at least ${TARGET}`);
  process.exitCode = 1;
}
