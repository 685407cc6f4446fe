import type { Curve } from '../curve.js';
import { MIDDLE_SIZE as rows } from '../scale-sizes.js';

/** More and more callers on a pool of 10 connections. */
export const callerCount: Curve = {
  name: 'caller-count',
  title: 'Reading one row by number of callers, on a pool of 10 connections',
  xLabel: 'callers at once',
  xs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
  lines: [{ label: 'get', at: (callers) => ({ task: { kind: 'get', rows }, callers }) }],
  panels: [
    { title: 'Operations per second', unit: 'ops/s', figure: 'opsPerSecond', isLogarithmic: false },
    {
      title: '99th percentile of the time of a call',
      unit: 'ms',
      figure: 'p99Micros',
      divisor: 1_000,
      isLogarithmic: true,
    },
  ],
};
