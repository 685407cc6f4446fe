import type { Profiler } from 'node:inspector';

/** The functions of a profile by the time that they took themselves: of each operation in microseconds, and of all. */
export function topFunctions(profile: Profiler.Profile, operations: number, count: number): string {
  const places = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const file = url
        .replace(/^file:\/\//, '')
        .replace(/^.*\/((?:node_modules|packages|apps)\/(?!.*node_modules))/, '$1');
      return [id, `${functionName || '(anonymous)'}${file === '' ? '' : `  ${file}:${lineNumber + 1}`}`];
    }),
  );
  const micros = new Map<string, number>();
  const deltas = profile.timeDeltas!;
  profile.samples!.forEach((id, i) => {
    const place = places.get(id)!;
    micros.set(place, (micros.get(place) ?? 0) + deltas[i]!);
  });
  micros.delete('(idle)');
  const all = [...micros.values()].reduce((sum, one) => sum + one, 0);
  const lines = [...micros]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([place, took]) => {
      const share = ((took / all) * 100).toFixed(1);
      return `${(took / operations).toFixed(2).padStart(8)}  ${share.padStart(5)} %  ${place}`;
    });
  return [`${(all / operations).toFixed(2).padStart(8)}  µs of each of ${operations} operations`, ...lines].join('\n');
}
