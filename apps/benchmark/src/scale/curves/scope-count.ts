import type { Curve } from '../curve.js';
import { MIDDLE_SIZE as rows } from '../scale-sizes.js';

/** Reads in unions of more and more scopes, each of a tenant of its own. */
export const scopeCount: Curve = {
  name: 'scope-count',
  title: 'Reads by number of scopes',
  xLabel: 'scopes in the union',
  xs: [1, 2, 5, 10, 20],
  lines: [
    { label: 'get', at: (scopes) => ({ task: { kind: 'getInScopes', scopes, rows }, callers: 1 }) },
    { label: 'first page', at: (scopes) => ({ task: { kind: 'pageInScopes', scopes, rows }, callers: 1 }) },
  ],
  panels: [
    { title: 'Median time per operation', unit: 'ms', figure: 'p50Micros', divisor: 1_000, isLogarithmic: true },
    { title: 'CPU time in Node per operation', unit: 'µs', figure: 'cpuMicrosPerOp', isLogarithmic: false },
  ],
};
