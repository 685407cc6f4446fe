import type { PageStatement } from '@holdfast/querier';
import type pg from 'pg';

/** Whether PostgreSQL plans once for all values, or anew for each. */
export type PlanMode = 'force_generic_plan' | 'force_custom_plan';

interface Explained {
  readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };
}

/** How many shared buffers the statement reads when it is executed as a prepared one. */
export async function buffersRead(client: pg.Client, { sql, values }: PageStatement, mode: PlanMode): Promise<number> {
  const literals = values.map((value) => (value === null ? 'NULL' : client.escapeLiteral(value)));
  await client.query(`SET plan_cache_mode = ${mode}`);
  await client.query(`PREPARE measured AS ${sql}`);
  const execute = literals.length === 0 ? 'measured' : `measured (${literals.join(', ')})`;
  const { rows } = await client.query<{ 'QUERY PLAN': readonly [Explained] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE ${execute}`,
  );
  await client.query('DEALLOCATE measured');
  const { Plan: plan } = rows[0]!['QUERY PLAN'][0];
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}
