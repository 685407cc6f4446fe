import type { BulkMeasurement } from './bulk/compare-bulk.js';
import { type CacheMeasurement, CALLERS, ratioTo } from './cache/measure-caches.js';
import type { Overhead } from './resilience/overhead.js';
import { COMPARED, DEFAULT_STACK } from './resilience/overhead-contenders.js';

/** Time and CPU time of a row among 100,000, at most, as a ratio to a row among 1,000. */
const MOST_PER_ROW = 1.2;
/** Memory of 100,000 rows, at most, in bytes above idle. */
const MOST_MEMORY = 64 * 1024 * 1024;
/** What holds all results cannot have one. */
const tasksWithout: readonly string[] = ['createReturning'];

/** CPU time of a row from memory, at most, as a ratio to one from the database. */
const MOST_OF_MEMORY = 0.2;

/** Nanoseconds that these add to a bare call: below that. */
export const MOST_OVERHEAD: ReadonlyMap<string, number> = new Map([
  [DEFAULT_STACK, 1_000],
  [COMPARED, 1_000],
]);
/** What our three policies add, at most, as a ratio to what those of cockatiel add. */
export const MOST_TO_COCKATIEL = 0.1;

/** The targets that the bulk tasks miss, as sentences. */
export function missedByBulk(measurements: readonly BulkMeasurement[]): readonly string[] {
  return measurements
    .filter(({ task, contender }) => contender === 'holdfast' && !tasksWithout.includes(task))
    .flatMap(({ task, wallRatio, cpuRatio, memory }) => [
      ...(wallRatio.median > MOST_PER_ROW ? [missed(task, 'time per row', wallRatio.median, MOST_PER_ROW)] : []),
      ...(cpuRatio.median > MOST_PER_ROW ? [missed(task, 'CPU time per row', cpuRatio.median, MOST_PER_ROW)] : []),
      ...(memory.peak > MOST_MEMORY ? [missed(task, 'bytes above idle', memory.peak, MOST_MEMORY)] : []),
    ]);
}

/** The targets that the policies miss, as sentences. */
export function missedByResilience(overheads: readonly Overhead[], toCockatiel: number): readonly string[] {
  const tooDear = overheads.flatMap(({ contender, median }) => {
    const most = MOST_OVERHEAD.get(contender);
    return most === undefined || median < most ? [] : [missed(contender, 'ns over a bare call', median, most)];
  });
  if (toCockatiel <= MOST_TO_COCKATIEL) return tooDear;
  return [...tooDear, missed(COMPARED, 'ns as a ratio to those of cockatiel', toCockatiel, MOST_TO_COCKATIEL)];
}

/** The targets that our caches miss, as sentences. */
export function missedByCache(measurements: readonly CacheMeasurement[]): readonly string[] {
  const named = (name: string): CacheMeasurement => measurements.find(({ contender }) => contender.name === name)!;
  const held = (what: string, one: CacheMeasurement, to: CacheMeasurement, most: number): readonly string[] =>
    CALLERS.flatMap((callers) => {
      const { median } = ratioTo(to, one, callers);
      const figure = `CPU time as a ratio to ${to.contender.name}, ${callers} at a time`;
      return median <= most ? [] : [missed(what, figure, median, most)];
    });
  // Where callers can change each other's values, less is promised.
  const peers = measurements.filter(
    ({ contender, promises }) => !['holdfast', 'pg'].includes(contender.library) && promises.values !== 'shared',
  );
  return [
    ...held('memory', named('memory, holdfast'), named('database, holdfast'), MOST_OF_MEMORY),
    ...peers.flatMap((peer) => held(peer.contender.where, named(`${peer.contender.where}, holdfast`), peer, 1)),
  ];
}

/** Says which targets are missed; then this process ends with 1, unless that is not wanted. */
export function reportMissed(missed: readonly string[], fails = true): void {
  console.log(missed.length === 0 ? '\nNo target is missed.' : `\nMissed:\n${missed.join('\n')}`);
  if (missed.length > 0 && fails) process.exitCode = 1;
}

function missed(what: string, figure: string, is: number, most: number): string {
  const digits = most < 100 ? 2 : 0;
  return `${what}: ${figure}: ${is.toFixed(digits)}, at most ${most.toFixed(digits)} is the target`;
}
