import type { Curve } from '../curve.js';
import { MIDDLE_SIZE as rows } from '../scale-sizes.js';

/** Pages that begin deeper and deeper in a list. */
export const pageDepth: Curve = {
  name: 'page-depth',
  title: 'A page of 20 rows by its depth',
  xLabel: 'rows before the page',
  xs: [0, 1_000, 10_000, 100_000],
  lines: [
    { label: 'cursor page', at: (depth) => ({ task: { kind: 'page', by: 'cursor', depth, rows }, callers: 1 }) },
    { label: 'offset page', at: (depth) => ({ task: { kind: 'page', by: 'offset', depth, rows }, callers: 1 }) },
  ],
  panels: [
    { title: 'Median time per page', unit: 'ms', figure: 'p50Micros', divisor: 1_000, isLogarithmic: true },
    { title: 'CPU time in Node per page', unit: 'µs', figure: 'cpuMicrosPerOp', isLogarithmic: false },
  ],
};
