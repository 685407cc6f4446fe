import { parseArgs } from 'node:util';
import { RefusedOption } from '../refused-option.js';

export interface SoakArgs {
  readonly minutes: number;
  readonly seed: number;
  /** Where the samples go to besides the terminal. */
  readonly json: string | null;
}

/** What the command line says; throws a sentence on what it must not say. */
export function readSoakArgs(line: readonly string[]): SoakArgs {
  const { values } = parseArgs({
    args: [...line],
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  const minutes = Number(values.minutes);
  const seed = Number(values.seed);
  if (!(minutes > 0)) throw new RefusedOption('--minutes is a number above 0.');
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RefusedOption('--seed is a whole number from 0 on.');
  return { minutes, seed, json: values.json ?? null };
}
