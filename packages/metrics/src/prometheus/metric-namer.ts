import { Misuse } from '@holdfast/errors';
import type { MetricDefinition } from './metric-definition.js';
import type { MetricNaming } from './metric-naming.js';

export interface MetricNamesArgs {
  /** What all names begin with. Default `backendai`. */
  readonly prefix?: string;
  /** Default `seeds`. */
  readonly naming?: MetricNaming;
}

/** Gives metrics their whole names. Throws Misuse for a prefix that no metric's name may begin with, and an unknown naming. */
export function metricNamer(args: MetricNamesArgs): (definition: MetricDefinition<never>) => string {
  const { prefix = 'backendai', naming = 'seeds' } = args;
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(prefix)) throw new Misuse(`A metric's name cannot begin with '${prefix}'.`);
  if (naming !== 'seeds' && naming !== 'conventional') {
    throw new Misuse(`naming must be 'seeds' or 'conventional', not '${String(naming)}'.`);
  }
  return (definition) => `${prefix}_${definition[naming]}`;
}
