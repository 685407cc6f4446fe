import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { compileScope, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import type { EntitySchema } from 'typeorm';
import { epochMicroseconds, timeOf } from './epoch-microseconds.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import { ExecutionMetricRow } from './execution-metric-row.js';
import { MetricHistogramRow } from './metric-histogram-row.js';
import { MetricPointRow } from './metric-point-row.js';
import type { HistogramPoint, MetricPoint } from './metric-points.js';
import { answer } from './range-query.js';

/** Which points of a metric are listed, in the order of time, step and value. */
export interface PointsQuery<Point> {
  /** Inclusive. Default: from the first on. */
  readonly from?: Date;
  /** Exclusive. Default: to the last. */
  readonly to?: Date;
  /** Only those that come after this one: the last of a page leads to the next. Default: from the first on. */
  readonly after?: Point;
  /** 1 to 10,000, default 1,000. */
  readonly limit?: number;
}

const MOST = 10_000;

interface Listed {
  readonly entity: EntitySchema;
  readonly columns: readonly ReturnType<typeof answer>[];
  /** In the order of the key, and with them `recorded_at` and `step`. */
  readonly key: string;
  /** The rest of the key of a point, as SQL. */
  readonly keyOf: (point: never, writer: SqlWriter) => string;
}

const values: Listed = {
  entity: MetricPointRow as EntitySchema,
  columns: [answer('value', 'double precision')],
  key: 'value',
  keyOf: ({ value }: MetricPoint, writer) => writer.text(String(value), 'float8'),
};

const histograms: Listed = {
  entity: MetricHistogramRow as EntitySchema,
  columns: [
    answer('counts', 'double precision', true),
    ...['sum', 'min', 'max'].map((name) => answer(name, 'double precision')),
  ],
  key: 'counts, sum',
  keyOf: ({ counts, sum }: HistogramPoint, writer) =>
    `${writer.text(`{${counts.join()}}`, 'int8[]')}, ${writer.text(String(sum), 'float8')}`,
};

type Rows = Scope<ExecutionMetricRow>;

/** Values of a counter or a gauge. */
export function valueList(
  scope: Rows,
  id: ExecutionMetricId,
  query: PointsQuery<MetricPoint>,
): ReadSpec<readonly Required<MetricPoint>[]> {
  return pointList('listPoints', scope, id, query, values);
}

/** Points of a histogram. */
export function histogramList(
  scope: Rows,
  id: ExecutionMetricId,
  query: PointsQuery<HistogramPoint>,
): ReadSpec<readonly Required<HistogramPoint>[]> {
  return pointList('listHistograms', scope, id, query, histograms);
}

function pointList<Point>(
  name: string,
  scope: Rows,
  id: ExecutionMetricId,
  { from, to, after, limit = 1_000 }: PointsQuery<unknown>,
  { entity, columns, key, keyOf }: Listed,
): ReadSpec<readonly Point[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new InvalidInput('INVALID_VALUE', `limit is 1 to ${MOST}.`, '/limit');
  }
  const spec = readSpec(name, (catalog) => {
    const mapping = catalog.mappingOf(ExecutionMetricRow);
    const writer = new SqlWriter();
    const time = (at: unknown, pointer: string): string => timeOf(writer.text(epochMicroseconds(at, pointer), 'int8'));
    const conditions = [
      `m.id = ${writer.element(mapping.key.type, id, '/metricId')}`,
      compileScope(ownRows(mapping, 'm'), scope, writer),
    ];
    if (from !== undefined) conditions.push(`p.recorded_at >= ${time(from, '/from')}`);
    if (to !== undefined) conditions.push(`p.recorded_at < ${time(to, '/to')}`);
    if (after !== undefined) {
      const { at, step = 0 } = after as MetricPoint;
      const before = [time(at, '/after/at'), writer.text(String(step), 'int8'), keyOf(after as never, writer)];
      conditions.push(`(p.recorded_at, step, ${key}) > (${before.join(', ')})`);
    }
    const shown = columns.map(({ property }) => (property === 'counts' ? 'counts::float8[]' : property));
    const sql = `
      SELECT p.recorded_at AS at, p.step::float8, ${shown.join(', ')}
      FROM ${mapping.table} m JOIN ${catalog.mappingOf(entity).table} p ON p.metric_id = m.id
      WHERE ${conditions.join(' AND ')}
      ORDER BY p.recorded_at, step, ${key} LIMIT ${writer.text(String(limit), 'int8')}`;
    const all = [answer('at', 'timestamptz'), answer('step', 'double precision'), ...columns];
    return {
      statement: mapping.returning(sql, { columns: all, extra: [], keys: [], leads: 0 }),
      values: writer.values,
      finish: ({ rows }) => Object.freeze((rows as Point[]).map((row) => Object.freeze(row))),
    };
  });
  return withinScope({}, scope, spec, { relations: false });
}
