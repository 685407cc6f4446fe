import { parseArgs } from 'node:util';
import { RefusedOption } from '../refused-option.js';

export interface ResilienceArgs {
  readonly rounds: number;
  readonly seed: number;
  /** Where the figures go to besides the terminal. */
  readonly json: string | null;
}

/** What the command line says; throws a sentence on what it must not say. */
export function readResilienceArgs(line: readonly string[]): ResilienceArgs {
  const { values } = parseArgs({
    args: [...line],
    options: {
      rounds: { type: 'string', default: '25' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  return { rounds: whole('rounds', values.rounds, 1), seed: whole('seed', values.seed, 0), json: values.json ?? null };
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < least)
    throw new RefusedOption(`--${name} is a whole number from ${least} on.`);
  return number;
}
