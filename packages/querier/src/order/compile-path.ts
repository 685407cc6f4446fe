import { both, joinRelated } from '../condition/join-related.js';
import type { RelatedRows } from '../condition/related-rows.js';
import { isOrderable } from '../entity/column-type.js';
import type { RelationShape } from '../entity/entity-shape.js';
import { columnOf, outerQualifier, type RowSource } from '../entity/row-source.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import type { OrderKey } from './order-key.js';

/** To-one relations on the way to a column: as many as the types allow. */
const LONGEST_PATH = 2;

/**
 * A column of the one row that a path of to-one relations leads to; NULL where the path ends before. What is behind is
 * joined as a table of its own, with names that no column has: no index can lead through it, so that all of it is read. LATERAL, because what is visible
 * may depend on the row that it is behind.
 */
export function compilePath(
  rows: RowSource,
  path: string,
  related: RelatedRows,
  writer: SqlWriter,
  index: number,
  pointer: string,
): Pick<OrderKey, 'sql' | 'join' | 'type' | 'confidential'> | null {
  const names = path.split('.');
  const first = toOne(rows, names);
  if (first === null) return null;
  let at = joinRelated(rows, first.relation, related, writer, pointer);
  const { from: firstFrom, rows: behind } = at;
  let from = firstFrom;
  const conditions = [at.visible];
  let isOne = leadsToKey(first.relation);
  let rest = first.rest;
  for (let length = 1; !at.rows.shape.columns.has(rest.join('.')); length++) {
    const next = length < LONGEST_PATH ? toOne(at.rows, rest) : null;
    if (next === null) return null;
    isOne &&= leadsToKey(next.relation);
    at = joinRelated(at.rows, next.relation, at.related, writer, pointer);
    from += `, ${at.from}`;
    conditions.push(at.link, at.visible);
    rest = next.rest;
  }
  const column = at.rows.shape.columns.get(rest.join('.'))!;
  if (!isOrderable(column.type)) return null;

  const name = `"#o${index}"`;
  const links = first.relation.on.map(([own, other], i) => ({ own, other: behind.qualifier + other, as: `"#${i}"` }));
  const joined = links.map(({ other }) => other).join(', ');
  const value = columnOf(at.rows, column).sql;
  const selected = [...links.map(({ other, as }) => `${other} AS ${as}`), `${value} AS "#v"`].join(', ');
  // Where the relation leads to no key, several rows may stand behind it: the least of them then counts.
  const [distinct, order] = isOne ? ['', ''] : [`DISTINCT ON (${joined}) `, ` ORDER BY ${joined}, ${value}`];
  const table = `SELECT ${distinct}${selected} FROM ${from} WHERE ${both(conditions)}${order}`;
  const on = links.map(({ own, as }) => `${name}.${as} = ${outerQualifier(rows)}${own}`).join(' AND ');
  const join = ` LEFT JOIN LATERAL (${table}) AS ${name} ON ${on}`;
  return { sql: `${name}."#v"`, join, type: column.type, confidential: column.hidden === true };
}

/** The to-one relation that a path begins with, and what is left of it; the names of embedded objects come before it. */
function toOne({ shape }: RowSource, names: readonly string[]): { relation: RelationShape; rest: string[] } | null {
  for (let length = 1; length < names.length; length++) {
    const relation = shape.relations.get(names.slice(0, length).join('.'));
    if (relation === undefined) continue;
    return relation.many || relation.junction !== null ? null : { relation, rest: names.slice(length) };
  }
  return null;
}

/** Whether one row stands behind it at most, because its whole primary key is named. */
function leadsToKey({ on, target: { primaryKey } }: RelationShape): boolean {
  return on.length === primaryKey.length && on.every(([, other]) => primaryKey.some(({ sql }) => sql === other));
}
