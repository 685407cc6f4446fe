import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import { columnType, compileScope, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import { ExecutionMetricRow } from './execution-metric-row.js';

const text = columnType('text');

/** The metrics of a scope that are known by one of these. */
export function metricsByIdentity(
  scope: Scope<ExecutionMetricRow>,
  identities: readonly string[],
): ReadSpec<readonly ExecutionMetricRow[]> {
  const spec = readSpec('record', (catalog) => {
    const mapping = catalog.mappingOf(ExecutionMetricRow);
    const writer = new SqlWriter();
    const inScope = compileScope(ownRows(mapping), scope, writer);
    const known = `identity = ANY (${writer.list(text, identities, '/identity')})`;
    return {
      statement: mapping.returningRows(`SELECT ${mapping.list} FROM ${mapping.table} WHERE ${inScope} AND ${known}`),
      values: writer.values,
      finish: ({ rows }) => rows as readonly ExecutionMetricRow[],
    };
  });
  return withinScope({}, scope, spec, { relations: false });
}
