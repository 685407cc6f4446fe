import { createHash } from 'node:crypto';
import type { EntityShape } from '@holdfast/querier';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { SqlInserts } from './sql-inserts.js';

/** The rows that a builder's own WHERE and inner joins let through. */
export interface MatchingRows {
  /** Selects their keys; parameters as TypeORM writes them. */
  readonly query: string;
  /** What stands for them in the page's restriction: all that is asked is part of it, and so of what cursors are bound to. */
  readonly name: string;
  /** Which rows are among them, as SQL. */
  readonly restriction: string;
}

/** The keys of the rows that a builder lets through by itself, as a query; null where it lets all. Its joins are scoped. */
export function matchingRows<Row extends ObjectLiteral>(
  builder: SelectQueryBuilder<Row>,
  { primaryKey }: EntityShape,
  inserts: SqlInserts,
): MatchingRows | null {
  const { wheres, joinAttributes } = builder.expressionMap;
  if (wheres.length === 0 && joinAttributes.every(({ direction }) => direction === 'LEFT')) return null;
  const own = builder.clone();
  const alias = own.escape(own.alias);
  own.select([]).setOption('disable-global-order');
  primaryKey.forEach(({ sql }, index) => own.addSelect(`${alias}.${sql}`, `k${index}`));
  const query = own.getQuery();
  const [sql, values] = inserts.into(...own.getQueryAndParameters());
  const asked = createHash('sha256')
    .update(JSON.stringify([sql, values], textOf))
    .digest('base64url');
  const name = `"#matching ${asked.slice(0, 22)}"`;
  const [keys, selected] = [
    primaryKey.map(({ sql: column }) => column).join(', '),
    primaryKey.map((_, index) => `k${index}`).join(', '),
  ];
  return { query, name, restriction: `(${keys}) IN (SELECT ${selected} FROM ${name})` };
}

/** JSON knows no bigint. */
function textOf(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
