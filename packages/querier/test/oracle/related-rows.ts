import type { OracleEntity, OraclePairs, OracleRelation, OracleRow, OracleWorld } from './oracle-entity.js';

/** Which rows of an entity are to be seen at all. */
export type Visible = (entity: OracleEntity, row: OracleRow) => boolean;

/** What stands behind a relation: rows whose columns are equal, and a NULL is equal to nothing. */
export function relatedRows(
  world: OracleWorld,
  relation: OracleRelation,
  row: OracleRow,
  visible: Visible,
): readonly OracleRow[] {
  const { target, on, junction } = relation;
  const behind = world[target.name]!.filter((other) => visible(target, other));
  if (junction === null) return behind.filter((other) => belong(on, row, other));
  const links = world[junction.table]!.filter((link) => belong(on, row, link));
  return behind.filter((other) => links.some((link) => belong(junction.on, link, other)));
}

function belong(pairs: OraclePairs, row: OracleRow, other: OracleRow): boolean {
  return pairs.every(([own, others]) => row[own] !== null && other[others] !== null && row[own] === other[others]);
}
