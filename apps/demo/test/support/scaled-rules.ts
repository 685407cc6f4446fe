/** What becomes of each window, in milliseconds: in the same order, none too short to hold some scrapes. */
const windows: Readonly<Record<string, number>> = {
  '5m': 2_000,
  '15m': 13_000,
  '30m': 13_250,
  '1h': 13_500,
  '6h': 13_750,
  '1d': 13_900,
  '3d': 14_000,
};

/** What becomes of each time for which something must hold, in milliseconds. */
const patience: Readonly<Record<string, number>> = {
  '1m': 300,
  '2m': 500,
  '5m': 750,
  '10m': 1_000,
  '15m': 1_000,
  '1h': 1_500,
};

/**
 * Rules for Prometheus whose hours go by in seconds: their windows (`[5m]`, `offset 5m`), for how long something must hold
 * (`for: 2m`), and how often a group is evaluated. Expressions and thresholds stay as they are. Throws for a time that
 * is not known.
 */
export function scaledRules(rules: string, evaluationIntervalMs: number): string {
  return rules
    .replaceAll(/\[(\w+)\]/g, (_, window: string) => `[${known(windows, window)}ms]`)
    .replaceAll(/\boffset (\w+)/g, (_, window: string) => `offset ${known(windows, window)}ms`)
    .replaceAll(/^( +for:) (\w+)$/gm, (_, what: string, time: string) => `${what} ${known(patience, time)}ms`)
    .replaceAll(/^( +interval:) \w+$/gm, (_, what: string) => `${what} ${evaluationIntervalMs}ms`);
}

function known(times: Readonly<Record<string, number>>, time: string): number {
  const ms = times[time];
  if (ms === undefined) throw new Error(`Say what becomes of ${time} where hours go by in seconds.`);
  return ms;
}
