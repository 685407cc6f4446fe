import { writeFile } from 'node:fs/promises';
import { missedByResilience, reportMissed } from '../targets.js';
import { compareOverheads } from './compare-overheads.js';
import { overheadOf, quantile, ratioToCockatiel } from './overhead.js';
import { BARE, OVERHEAD_CONTENDERS } from './overhead-contenders.js';
import { readResilienceArgs } from './read-resilience-args.js';
import { reportOverheads } from './report-overheads.js';

/** `npm run bench -- resilience`: what stacks of policies add to the call of an async function that does nothing. */
export async function benchResilience(line: readonly string[]): Promise<void> {
  const { rounds: count, seed, json } = readResilienceArgs(line);
  const rounds = await compareOverheads([BARE, ...OVERHEAD_CONTENDERS], {
    rounds: count,
    slice: { calls: 0, cpuMs: 50 },
    leadIn: { calls: 20_000, cpuMs: 0 },
    warmUp: { calls: 100_000, cpuMs: 0 },
    seed,
  });
  const overheads = OVERHEAD_CONTENDERS.map((contender) => overheadOf(contender, rounds));
  const toCockatiel = ratioToCockatiel(rounds);
  const bareNanos = rounds.map((round) => round.get(BARE)!);
  console.log(reportOverheads(overheads, quantile(bareNanos, 0.5), toCockatiel));
  reportMissed(missedByResilience(overheads, toCockatiel));
  if (json === null) return;
  const figures = overheads.map(({ contender, median }) => ({ contender, overheadNanos: median }));
  await writeFile(json, `${JSON.stringify(figures, null, 2)}\n`);
}
