import { drawChart } from '../figures/draw-chart.js';
import { markdownTable } from '../figures/markdown-table.js';
import type { Figures } from '../figures/write-figures.js';
import { type CopyComparison, type CopyPoint, FIGURES } from './compare-copies.js';
import { COPY_WAYS, type CopyWay } from './copy-way.js';

const MB = 1024 * 1024;
const TITLE = 'New rows by statements and by COPY, by rows of a call';
const titles: Readonly<Record<(typeof FIGURES)[number], string>> = {
  wallMicros: 'Time',
  cpuMicros: 'CPU time in Node',
  serverMicros: 'CPU time in PostgreSQL',
};

/** What came out as tables, and as a picture of the times. */
export function reportCopies({ points, memories }: CopyComparison): Figures {
  const sizes = [...new Set(points.map(({ rows }) => rows))];
  const pointsOf = ({ name }: CopyWay): readonly (CopyPoint | undefined)[] =>
    sizes.map((size) => points.find(({ way, rows }) => way === name && rows === size));
  const table = (head: string, ways: readonly CopyWay[], of: (point: CopyPoint) => number, digits: number): string =>
    markdownTable(
      [head, ...sizes.map(count)],
      ways.map((way) => [
        way.label,
        ...pointsOf(way).map((point) =>
          point === undefined || Number.isNaN(of(point)) ? '-' : of(point).toFixed(digits),
        ),
      ]),
    );
  const compared = COPY_WAYS.filter(({ statements }) => statements !== null);
  const memory = markdownTable(
    [`Memory over idle in a call of ${count(sizes.at(-1)!)} rows (MB)`, 'peak, garbage included', 'held'],
    memories.map(({ way, peak, held }) => [
      COPY_WAYS.find(({ name }) => name === way)!.label,
      (peak / MB).toFixed(0),
      held === null ? '-' : (held / MB).toFixed(0),
    ]),
  );
  const picture = drawChart({
    title: TITLE,
    description: 'Microseconds for each row in five ways, which the tables beside it give as figures.',
    panels: FIGURES.map((figure) => panel(titles[figure], ({ perRow }) => perRow[figure])),
  });
  return {
    name: 'bulk',
    text: [
      `![${TITLE}](pictures/bulk.svg)`,
      ...FIGURES.map((figure) => table(`${titles[figure]} per row (µs)`, COPY_WAYS, ({ perRow }) => perRow[figure], 1)),
      ...FIGURES.map((figure) =>
        table(`${titles[figure]}, as a ratio to statements`, compared, ({ ratios }) => ratios![figure], 2),
      ),
      memory,
    ].join('\n\n'),
    picture,
  };

  function panel(title: string, of: (point: CopyPoint) => number) {
    return {
      title,
      xLabel: 'rows of a call',
      yLabel: 'µs per row',
      isLogarithmic: false,
      xs: sizes.map(count),
      lines: COPY_WAYS.map((way) => ({
        label: way.label,
        ys: pointsOf(way).map((point) => (point === undefined ? Number.NaN : Number(of(point).toPrecision(4)))),
        colour: ['statements', 'COPY', 'COPY when asked first'].indexOf(way.label.replace(/^.*?, /, '')),
        isDashed: way.name.startsWith('pg'),
      })),
    };
  }
}

function count(value: number): string {
  return value.toLocaleString('en');
}
