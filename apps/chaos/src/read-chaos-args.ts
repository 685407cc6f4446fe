import { parseArgs } from 'node:util';
import type { ChaosArgs } from './chaos-args.js';
import { FAULTS } from './faults/fault-name.js';
import { LEVELS } from './levels/level-name.js';

/** What the command line says; throws a sentence on what it must not say. `all` stands for every level. */
export function readChaosArgs(line: readonly string[]): readonly ChaosArgs[] {
  const { values } = parseArgs({
    args: [...line],
    options: {
      writes: { type: 'string', default: '3000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      level: { type: 'string', default: 'L1' },
      faults: { type: 'string', default: FAULTS.join(',') },
      keepalive: { type: 'string', default: '1000' },
      limit: { type: 'string' },
    },
  });
  const writes = whole('writes', values.writes, 1);
  const seed = whole('seed', values.seed, 0);
  // A minute to come and go, and to wait for servers; the rest at a slow pace.
  const limitSeconds = whole('limit', values.limit ?? String(60 + Math.ceil(writes / 25)), 1);
  const keepaliveMs = whole('keepalive', values.keepalive, 0);
  const faults = among('faults', values.faults, FAULTS);
  const levels = values.level === 'all' ? LEVELS : among('level', values.level, LEVELS);
  return levels.map((level) => ({ writes, seed, level, faults, keepaliveMs, limitSeconds }));
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name} is a whole number from ${least} on.`);
  return number;
}

function among<Name extends string>(option: string, text: string, names: readonly Name[]): readonly Name[] {
  const asked = text.split(',').filter((name) => name !== '');
  const known = names.filter((name) => asked.includes(name));
  if (known.length === 0 || known.length !== new Set(asked).size)
    throw new Error(`--${option} is of ${names.join(', ')}.`);
  return known;
}
