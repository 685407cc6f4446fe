import { unitSpec, type UnitOfWork, type WriteSpec } from '@holdfast/base';
import { InvalidInput, Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import { listed } from '@holdfast/standard-repository';
import { executionMetricCreator } from './execution-metric-creator.js';
import { ExecutionMetricMismatch } from './execution-metric-mismatch.js';
import { executionMetrics } from './execution-metric-operations.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import type { RecordedMetric, RecordResult } from './metric-points.js';
import { metricsByIdentity } from './metrics-by-identity.js';
import { PointLists } from './point-lists.js';
import { histogramsInsertion, pointsInsertion } from './points-insertion.js';

/** Points of one statement. */
export const MOST_POINTS_AT_ONCE = 10_000;

type Rows = Scope<ExecutionMetricRow>;
type Metric = ReturnType<typeof executionMetricCreator>;

/**
 * Records points of metrics, all or none, and creates those metrics that are not there. Whatever becomes of it, it may be
 * done again: a point that is there stays one.
 */
export function recordPoints(scope: Rows, given: readonly RecordedMetric[]): WriteSpec<RecordResult> {
  const metrics = listed(given);
  const creators = metrics.map(creatorOf);
  return unitSpec('record', async (work): Promise<RecordResult> => {
    const ids = await idsOf(work, scope, metrics, creators);
    let [recorded, points] = [0, 0];
    const store = async (lists: PointLists, insertion: typeof pointsInsertion): Promise<void> => {
      points += lists.length;
      if (lists.length > 0) recorded += await work.execute(insertion(ids, lists));
    };
    let [values, histograms] = [new PointLists(), new PointLists()];
    for (const [i, metric] of metrics.entries()) {
      for (const [j, point] of metric.points.entries()) {
        const pointer = `/${i}/points/${j}`;
        if (metric.type === 'histogram') histograms.addHistogram(i, metric, point as never, pointer);
        else values.addPoint(i, metric, point as never, pointer);
        if (values.length + histograms.length < MOST_POINTS_AT_ONCE) continue;
        await store(values, pointsInsertion);
        await store(histograms, histogramsInsertion);
        [values, histograms] = [new PointLists(), new PointLists()];
      }
    }
    await store(values, pointsInsertion);
    await store(histograms, histogramsInsertion);
    return Object.freeze({ recorded, repeated: points - recorded });
  });
}

function creatorOf(metric: RecordedMetric, i: number): Metric {
  const { points, ...spec } = metric as RecordedMetric | (RecordedMetric & null);
  if (!Array.isArray(points))
    throw new InvalidInput('INVALID_VALUE', 'A list of points is needed here.', `/${i}/points`);
  return executionMetricCreator(spec);
}

async function idsOf(
  work: UnitOfWork,
  scope: Rows,
  metrics: readonly RecordedMetric[],
  creators: readonly Metric[],
): Promise<readonly ExecutionMetricId[]> {
  const identities = [...new Set(creators.map(({ values }) => values.identity!))];
  if (identities.length === 0) return [];
  const look = async (): Promise<readonly (ExecutionMetricRow | undefined)[]> => {
    const known = new Map<string, ExecutionMetricRow[]>();
    for (const row of await work.execute(metricsByIdentity(scope, identities))) {
      known.set(row.identity, [...(known.get(row.identity) ?? []), row]);
    }
    return creators.map((creator) => rowOf(creator, known));
  };
  let found = await look();
  const missing = creators.filter((_, i) => found[i] === undefined);
  if (missing.length > 0) {
    const target = { columns: ['domainName', 'userUuid', 'identity'] } as const;
    const rule = { conflictTarget: target, update: [], repeated: 'fold' } as const;
    await work.execute(executionMetrics.bulkUpsert(scope, missing, rule));
    // Whoever else created one of them: a statement of its own sees it.
    found = await look();
  }
  return found.map((row, i) => {
    if (row === undefined) throw new Misuse('A metric that was created is not in its scope.');
    const { type, bounds } = metrics[i]!;
    const isSame = row.type === type && String(row.bounds ?? '') === String(bounds ?? '');
    if (!isSame) throw new ExecutionMetricMismatch(i);
    return row.id;
  });
}

/** The row of a metric: whose it is the scope says, or the metric does. Throws InvalidInput where neither is enough. */
function rowOf({ values }: Metric, known: ReadonlyMap<string, ExecutionMetricRow[]>): ExecutionMetricRow | undefined {
  const { identity, domainName, userUuid } = values;
  const rows = (known.get(identity!) ?? []).filter(
    (row) =>
      (domainName === undefined || row.domainName === domainName) &&
      (userUuid === undefined || row.userUuid === (userUuid as string).toLowerCase()),
  );
  if (rows.length < 2) return rows[0];
  throw new InvalidInput('MISSING_VALUE', 'Several users have this metric: say whose it is.', '/userUuid');
}
