import type { Comparison } from './compare-operations.js';
import type { Measurement } from './comparison.js';
import { callers } from './report.js';
import { printed } from './spread.js';

/** What RESULTS.md says: where it was measured, ratios at a glance, every figure, and the targets that are missed. */
export function resultsFile(
  { measurements, ours, depths, leftOut }: Comparison,
  facts: readonly string[],
  missed: readonly string[],
): string {
  const concurrencies = [...new Set(measurements.map(({ concurrency }) => concurrency))];
  const depth = depths.map(({ concurrency, cpu, time }) => [callers(concurrency), printed(cpu), printed(time)]);
  const toOthers = ours.map(({ operation, concurrency, cpuToTransaction, opsTo }) => [
    `${operation}, ${callers(concurrency)}`,
    cpuToTransaction === null ? '' : printed(cpuToTransaction),
    opsTo.map(({ contender, ratio }) => `${contender} ${ratio.median.toFixed(2)}`).join(', '),
  ]);
  const sections = [
    '# Results',
    'Written by `npm run bench`; the [README](README.md) tells how it measures. Ratios are medians of those within the rounds, ' +
      'with the least and the most in brackets; of two rows in different tables they are not comparable.',
    list(facts),
    ...concurrencies.flatMap((concurrency) => [
      `## ${callers(concurrency)} at a time: CPU time per operation as a ratio to pg (operations per second as a ratio to pg)`,
      glance(measurements.filter((one) => one.concurrency === concurrency)),
    ]),
    '## Ours against the others',
    table(['operation', 'CPU time to typeorm-transaction', 'operations per second to'], toOthers),
    '## A page after 100,000 rows as a ratio to the first page, ours',
    table(['', 'CPU time', 'time'], depth),
    '## Missed targets',
    missed.length === 0 ? 'None.' : list(missed),
    ...(leftOut.length === 0 ? [] : ['## Left out', list(leftOut)]),
    '## Every figure',
    table(
      ['operation', 'callers', 'contender', 'ops/s', 'CPU µs/op', 'p50 µs', 'p99 µs', 'CPU ratio', 'ops ratio'],
      measurements.map(figures),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function glance(measurements: readonly Measurement[]): string {
  const contenders = [...new Set(measurements.map(({ contender }) => contender))];
  const operations = [...new Set(measurements.map(({ operation }) => operation))];
  const cell = (operation: string, contender: string): string => {
    const found = measurements.find((one) => one.operation === operation && one.contender === contender);
    return found === undefined ? '' : `${found.cpuRatio.median.toFixed(2)} (${found.opsRatio.median.toFixed(2)})`;
  };
  return table(
    ['operation', ...contenders],
    operations.map((operation) => [operation, ...contenders.map((contender) => cell(operation, contender))]),
  );
}

const figures = (one: Measurement): readonly string[] => [
  one.operation,
  String(one.concurrency),
  one.contender,
  one.opsPerSecond.toFixed(one.opsPerSecond < 100 ? 1 : 0),
  one.cpuMicrosPerOp.toFixed(1),
  one.p50Micros.toFixed(0),
  one.p99Micros.toFixed(0),
  printed(one.cpuRatio),
  printed(one.opsRatio),
];

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** As Prettier writes tables. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
