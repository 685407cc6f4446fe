import type { Curve } from '../curve.js';
import { SCALE_SIZES } from '../scale-sizes.js';

/** Operations on one row or page in tables of more and more rows. */
export function tableSize(mostRows: number): Curve {
  return {
    name: 'table-size',
    title: 'Operations by size of the table',
    xLabel: 'rows of the table',
    xs: SCALE_SIZES.filter((rows) => rows <= mostRows),
    lines: [
      { label: 'get', at: (rows) => ({ task: { kind: 'get', rows }, callers: 1 }) },
      { label: 'first page', at: (rows) => ({ task: { kind: 'page', by: 'cursor', depth: 0, rows }, callers: 1 }) },
      { label: 'create', at: (rows) => ({ task: { kind: 'create', rows }, callers: 1 }) },
    ],
    panels: [
      { title: 'Median time per operation', unit: 'µs', figure: 'p50Micros', isLogarithmic: false },
      { title: 'CPU time in Node per operation', unit: 'µs', figure: 'cpuMicrosPerOp', isLogarithmic: false },
    ],
  };
}
