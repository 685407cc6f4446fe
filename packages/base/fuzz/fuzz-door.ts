import { inspect } from 'node:util';
import fc from 'fast-check';
import type { Door } from './door.js';
import type { FuzzReport } from './fuzz-report.js';
import type { Verdict } from './verdict.js';

export interface FuzzDoorArgs {
  readonly cases: number;
  readonly seed: number;
  /** Cases that run side by side. */
  readonly atOnce: number;
}

/** Shrinking ends then, with the smallest case so far. */
const SHRINK_MS = 60_000;

/** Throws so many cases at a door. The first fault is shrunk; the others are only told. */
export async function fuzzDoor<World>(
  world: World,
  door: Door<World>,
  { cases, seed, atOnce }: FuzzDoorArgs,
): Promise<FuzzReport> {
  const faults: string[] = [];
  let answered = 0;
  for (let done = 0; done < cases; done += atOnce) {
    const chunk = { seed: seed + done, numRuns: Math.min(atOnce, cases - done) };
    const thrown = fc.sample(door.arbitrary, chunk);
    const verdicts = await Promise.all(thrown.map((one) => verdictOn(world, door, one)));
    answered += verdicts.filter((verdict) => verdict.answered).length;
    for (const [i, { fault }] of verdicts.entries()) {
      if (fault === null) continue;
      const smallest = faults.length === 0 ? await shrunk(world, door, chunk) : null;
      faults.push(smallest ?? told(fault, thrown[i], `seed ${chunk.seed}`));
    }
  }
  return { cases, refused: cases - answered, answered, faults };
}

/** A judge that throws is at fault as well. */
async function verdictOn<World>(world: World, door: Door<World>, one: unknown): Promise<Verdict> {
  try {
    return await door.judge(world, one);
  } catch (error) {
    return { answered: false, fault: `the judge failed: ${inspect(error)}` };
  }
}

/** The same cases one by one, until the first that is at fault is as small as can be; null where none is, alone. */
async function shrunk<World>(
  world: World,
  door: Door<World>,
  chunk: { readonly seed: number; readonly numRuns: number },
): Promise<string | null> {
  let last = '';
  const property = fc.asyncProperty(door.arbitrary, async (one) => {
    const { fault } = await verdictOn(world, door, one);
    if (fault === null) return;
    last = fault;
    throw new Error(fault);
  });
  const details = await fc.check(property, { ...chunk, interruptAfterTimeLimit: SHRINK_MS });
  if (details.counterexample === null) return last === '' ? null : last;
  const { fault } = await verdictOn(world, door, details.counterexample[0]);
  const place = `seed ${chunk.seed}, path ${details.counterexamplePath}, shrunk ${details.numShrinks} times`;
  return told(fault ?? last, details.counterexample[0], place);
}

function told(fault: string, one: unknown, place: string): string {
  const shown = inspect(one, { depth: 14, maxStringLength: 600, maxArrayLength: 12, breakLength: 120 });
  return `${fault.slice(0, 3_000)}\n  case: ${shown.slice(0, 3_000)}\n  (${place})`;
}
