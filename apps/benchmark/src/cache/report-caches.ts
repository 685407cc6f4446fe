import { markdownTable } from '../figures/markdown-table.js';
import { spread } from '../spread.js';
import type { CachePromises } from './cache-question.js';
import { CALLERS, type CacheMeasurement, type Callers, ratioTo } from './measure-caches.js';

const values: Readonly<Record<CachePromises['values'], string>> = {
  frozen: 'frozen',
  copies: 'a copy each',
  shared: 'shared, can be changed',
};

/** Two tables: what a get costs, and what was seen of what callers may rely on. */
export function reportCaches(measurements: readonly CacheMeasurement[]): string {
  const ours = (where: string): CacheMeasurement =>
    measurements.find(({ contender }) => contender.name === `${where}, holdfast`)!;
  const cost = (one: CacheMeasurement, callers: Callers): readonly string[] => [
    spread(one.micros[callers]).median.toFixed(2),
    ratioTo(ours('database'), one, callers).median.toFixed(3),
    ratioTo(ours(one.contender.where), one, callers).median.toFixed(2),
  ];
  const costs = measurements.map((one) => [one.contender.name, ...CALLERS.flatMap((callers) => cost(one, callers))]);
  const head = CALLERS.flatMap((callers) => [`CPU µs, ${callers} at a time`, 'to the database', 'to ours']);
  const promised = measurements
    .filter(({ contender }) => contender.where !== 'database')
    .map(({ contender, promises }) => [
      contender.name,
      values[promises.values],
      promises.keepsStale ? 'is served after it' : 'is not stored',
      String(promises.readsOf16),
    ]);
  return [
    markdownTable(['one row by its key', ...head], costs),
    markdownTable(['what was seen', 'values', 'what was read before a write', 'reads of 16 callers at once'], promised),
  ].join('\n\n');
}
