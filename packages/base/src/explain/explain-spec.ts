import { Misuse } from '@holdfast/errors';
import { columnType } from '@holdfast/querier';
import type { Begun } from '../ambient-limits.js';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import { nobodysRows } from '../row-level-security/row-scope-settings.js';
import { readBeginning } from '../session/begin.js';
import { Transaction } from '../session/transaction.js';
import type { ReadSpec, WriteSpec } from '../specs/spec.js';
import type { Connections } from '../wire/connection-pool.js';
import type { RowFormat } from '../wire/row-decoder.js';
import type { RowSink } from '../wire/row-sink.js';
import { Statement, type Step } from '../wire/statement.js';
import type { ExplainOptions } from './explain-options.js';
import type { QueryPlan } from './query-plan.js';

const format: RowFormat = {
  columns: [{ property: 'plan', sql: '"QUERY PLAN"', type: columnType('json'), nullable: false }],
  extra: [],
  keys: [],
  leads: 0,
};

const step = (sql: string): Step => ({ statement: Statement.once(sql, null), values: [] });

// A prepared statement outlives its transaction, whatever becomes of it.
const PREPARED = 'holdfast_explained';
const genericOnly = step(`SELECT set_config('plan_cache_mode', 'force_generic_plan', true)`);
const savepoint = step(`SAVEPOINT ${PREPARED}`);
const rollBack = step(`ROLLBACK TO SAVEPOINT ${PREPARED}`);
const deallocate = step(`DEALLOCATE ${PREPARED}`);

/** What `Database.explain` does: in a transaction that only reads, and is rolled back. */
export async function explainSpec(
  connections: Connections,
  catalog: EntityCatalog,
  spec: ReadSpec<unknown> | WriteSpec<unknown>,
  options: Begun<ExplainOptions>,
): Promise<QueryPlan> {
  const { mode = 'custom', analyze = false, buffers = false, signal, deadline = null } = options;
  if (!('plan' in spec)) throw new Misuse(`${spec.name} is not one statement: there is no plan of it as a whole.`);
  if (analyze && spec.kind === 'write') throw new Misuse(`${spec.name} writes: to analyze is to execute.`);
  const { statement, values, ahead } = spec.plan(catalog);
  const explain = `EXPLAIN (FORMAT JSON, ANALYZE ${String(analyze)}, BUFFERS ${String(buffers)})`;
  const transaction = new Transaction('read', connections, readBeginning(options, catalog), { signal, deadline });
  const settings = ahead === undefined ? [] : [ahead.settings ?? nobodysRows];
  try {
    if (mode === 'custom') {
      return planIn(await transaction.run({ statement: once(`${explain} ${statement.sql}`), values }, settings));
    }
    await transaction.run(step(`PREPARE ${PREPARED} AS ${statement.sql}`), [...settings, genericOnly]);
    const literals = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
    try {
      const explained = { statement: once(`${explain} EXECUTE ${PREPARED}${literals}`), values: [] };
      return planIn(await transaction.run(explained, [savepoint]));
    } finally {
      await transaction.run(deallocate, [rollBack]);
    }
  } finally {
    await transaction.rollback();
  }
}

function once(sql: string): Statement {
  return Statement.once(sql, format);
}

/** As PostgreSQL 4.1.2.1: the connection has standard_conforming_strings on. */
function literal(value: string | null): string {
  return value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
}

function planIn({ rows }: RowSink): QueryPlan {
  const [{ plan }] = rows as [{ readonly plan: readonly [QueryPlan] }];
  return plan[0];
}
