import type { Figures } from '../figures/write-figures.js';
import { drawChart } from '../figures/draw-chart.js';
import { markdownTable } from '../figures/markdown-table.js';
import type { CurvePanel, MeasuredCurve, MeasuredLine, MeasuredPoint } from './curve.js';
import { scaleVerdict } from './scale-verdict.js';

/** A measured curve as a picture, with a sentence on what is seen and a table of its figures. */
export function reportCurve(measured: MeasuredCurve): Figures {
  const { curve, lines } = measured;
  const { name, title, xLabel, xs, panels } = curve;
  const seen = lines.map((line) => ratioSentence(line)).join('; ');
  const description = `From ${count(xs[0]!)} to ${count(xs.at(-1)!)} ${xLabel}, the median time of an operation goes ${seen}.`;
  const picture = drawChart({
    title,
    description,
    panels: panels.map((panel) => ({
      title: panel.title,
      xLabel,
      yLabel: panel.unit,
      isLogarithmic: panel.isLogarithmic,
      xs: xs.map(count),
      lines: lines.map((line, index) => ({
        label: labelOf(line),
        ys: line.points.map((point) => Number(inUnit(panel, point).toPrecision(4))),
        colour: index >> 1,
        isDashed: line.contender === 'pg',
      })),
    })),
  });
  const tables = panels.map((panel) =>
    markdownTable(
      [`${panel.title} (${panel.unit})`, ...xs.map(count)],
      lines.map((line) => [labelOf(line), ...line.points.map((point) => rounded(inUnit(panel, point)))]),
    ),
  );
  const parts = [description, ...scaleVerdict([measured]).sentences, ...tables, ratioTable(curve.xs, lines)];
  const text = [`![${title}](pictures/${name}.svg)`, ...parts].join('\n\n');
  return { name, text, picture };
}

function ratioTable(xs: readonly number[], lines: readonly MeasuredLine[]): string {
  const ours = lines.filter(({ contender }) => contender === 'holdfast');
  const row = (figure: string, line: MeasuredLine, of: (point: MeasuredPoint) => number): string[] => [
    `${figure}, ${line.label}`,
    ...line.points.map((point) => of(point).toFixed(2)),
  ];
  return markdownTable(
    ['Holdfast as a ratio to pg', ...xs.map(count)],
    ours.flatMap((line) => [row('time', line, ({ timeToPg }) => timeToPg), row('CPU', line, ({ cpuToPg }) => cpuToPg)]),
  );
}

function labelOf({ label, contender }: MeasuredLine): string {
  return `${label}, ${contender}`;
}

function ratioSentence(line: MeasuredLine): string {
  return `to ${line.points.at(-1)!.timeToFirst.toFixed(2)} times (${labelOf(line)})`;
}

function inUnit({ figure, divisor = 1 }: CurvePanel, point: MeasuredPoint): number {
  return point[figure] / divisor;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function rounded(value: number): string {
  if (value >= 100) return count(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
