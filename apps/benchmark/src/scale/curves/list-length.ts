import type { Curve } from '../curve.js';
import { MIDDLE_SIZE as rows } from '../scale-sizes.js';

/** Searches among more and more ids. */
export const listLength: Curve = {
  name: 'list-length',
  title: 'A page of 20 rows among ids, by length of the list',
  xLabel: 'ids in the list',
  xs: [1, 10, 100, 1_000, 10_000],
  lines: [{ label: 'page', at: (length) => ({ task: { kind: 'among', length, rows }, callers: 1 }) }],
  panels: [
    { title: 'Median time per operation', unit: 'ms', figure: 'p50Micros', divisor: 1_000, isLogarithmic: true },
    { title: 'CPU time in Node per operation', unit: 'µs', figure: 'cpuMicrosPerOp', isLogarithmic: true },
  ],
};
