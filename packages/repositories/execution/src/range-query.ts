import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { type ColumnShape, columnType, compileFilter, type Scope, SqlWriter } from '@holdfast/querier';
import { timeOf } from './epoch-microseconds.js';
import { ExecutionMetricRow } from './execution-metric-row.js';
import type { ExecutionMetricType } from './execution-metric-type.js';
import { MetricHistogramRow } from './metric-histogram-row.js';
import { MetricPointRow } from './metric-point-row.js';
import { type CheckedRange, checkedRange, type MetricRange } from './metric-range.js';

/** What the figures of a bucket are made with: pieces of SQL over points `p` of one metric `m`. */
export interface RangeParts {
  readonly from: string;
  readonly to: string;
  /** The begin of the bucket of a time. */
  readonly bucketOf: (time: string) => string;
  readonly writer: SqlWriter;
  /** The tables. */
  readonly metrics: string;
  readonly points: string;
  readonly histograms: string;
}

export interface RangeQuery<Figures> {
  readonly name: string;
  readonly types: readonly ExecutionMetricType[];
  /** Besides `metricId` and `at`. */
  readonly columns: readonly ColumnShape[];
  /** A query for one metric `m`, whose columns are `at` and those. */
  readonly query: (parts: RangeParts) => string;
  readonly toFigures: (row: never, range: CheckedRange) => Figures;
}

const number = columnType('bigint');

/** A column of an answer. */
export function answer(property: string, type: string, array = false): ColumnShape {
  return { property, sql: `"${property}"`, type: columnType(type, { array }), nullable: true };
}

const first: readonly ColumnShape[] = [
  answer('matched', 'integer'),
  answer('metricId', 'uuid'),
  answer('at', 'timestamptz'),
];

/** One statement for all metrics of a range, each by its own part of the index. */
export function rangeQuery<Figures>(
  scope: Scope<ExecutionMetricRow>,
  asked: MetricRange,
  { name, types, columns, query, toFigures }: RangeQuery<Figures>,
): ReadSpec<readonly Figures[]> {
  const range = checkedRange(asked);
  const spec = readSpec(name, (catalog) => {
    const mapping = catalog.mappingOf(ExecutionMetricRow);
    const writer = new SqlWriter();
    const wanted = `type = ANY (${writer.list(columnType('text'), types, '/types')})`;
    const filter = compileFilter(mapping, scope, [range.metrics], wanted, writer);
    const most = writer.element(number, String(range.maxMetrics + 1), '/maxMetrics');
    const time = (text: string): string => timeOf(writer.element(number, text, ''));
    const stride = `${writer.element(number, range.bucketUs, '')} * interval '1 microsecond'`;
    const origin = time(range.originUs);
    const inner = query({
      from: time(range.from),
      to: time(range.to),
      bucketOf: (at) => `date_bin(${stride}, ${at}, ${origin})`,
      writer,
      metrics: mapping.table,
      points: catalog.mappingOf(MetricPointRow).table,
      histograms: catalog.mappingOf(MetricHistogramRow).table,
    });
    const all = [...first, ...columns];
    const sql = `
      WITH m AS MATERIALIZED (SELECT id FROM ${mapping.table} WHERE ${filter.sql} ORDER BY id LIMIT ${most})
      SELECT (SELECT count(*)::int4 FROM m) AS matched, m.id AS "metricId", f.*
      FROM m LEFT JOIN LATERAL (${inner}) f ON TRUE
      WHERE f.at IS NOT NULL OR (SELECT count(*) FROM m) = ${most} ORDER BY m.id, f.at`;
    return {
      statement: mapping.returning(sql, { columns: all, extra: [], keys: [], leads: 0 }),
      values: writer.values,
      finish({ rows }): readonly Figures[] {
        const [one] = rows as readonly { readonly matched: number }[];
        if (one !== undefined && one.matched > range.maxMetrics) {
          throw new InvalidInput('LIMIT_EXCEEDED', `There are more than ${range.maxMetrics} metrics.`, '/maxMetrics');
        }
        return Object.freeze(rows.map((row) => Object.freeze(toFigures(row as never, range))));
      },
    };
  });
  return withinScope({}, scope, spec);
}
