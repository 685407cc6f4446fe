import type { JoinColumns, RelationShape } from '../entity/entity-shape.js';
import { outerQualifier, type RowSource, rowsBehind } from '../entity/row-source.js';
import { rowsOfEntity } from '../entity/rows-of-entity.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import type { RelatedRows } from './related-rows.js';

/** The visible rows behind a relation of the rows around. */
export interface RelatedJoin {
  readonly rows: RowSource;
  /** The FROM list. */
  readonly from: string;
  /** What makes a row one of those behind. */
  readonly link: string;
  /** Which of them are there for whoever asks: visible, and not deleted. */
  readonly visible: string;
  /** And behind them. */
  readonly related: RelatedRows;
}

/** Joins the rows behind a relation, for a subquery: whoever compiles one gets the scope of what is behind with it. */
export function joinRelated(
  rows: RowSource,
  relation: RelationShape,
  seen: RelatedRows,
  writer: SqlWriter,
  pointer: string,
): RelatedJoin {
  const { target, junction } = relation;
  const visible = seen.behind(relation, rows, pointer);
  const inner = rowsBehind(rows, target);
  const alias = inner.qualifier.slice(0, -1);
  const outer = outerQualifier(rows);
  let from = `${target.table} AS ${alias}`;
  let link: string;
  if (junction === null) {
    link = equal(relation.on, outer, inner.qualifier);
  } else {
    const between = `"#${inner.level}j".`;
    from += ` JOIN ${junction.table} AS ${between.slice(0, -1)} ON ${equal(junction.on, between, inner.qualifier)}`;
    link = equal(relation.on, outer, between);
  }
  const parts = [visible.restriction(inner, writer), rowsOfEntity(inner)];
  if (target.deletedAt !== null) parts.push(`${inner.qualifier}${target.deletedAt.sql} IS NULL`);
  return { rows: inner, from, link, visible: both(parts), related: visible.related };
}

/** Parts ANDed, without those that say nothing. */
export function both(parts: readonly string[]): string {
  return parts.filter((part) => part !== 'TRUE').join(' AND ') || 'TRUE';
}

function equal(on: JoinColumns, own: string, other: string): string {
  return on.map(([left, right]) => `${other}${right} = ${own}${left}`).join(' AND ');
}
