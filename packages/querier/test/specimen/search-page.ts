import {
  assemblePage,
  type BatchQuerierArgs,
  batchQuerier,
  compileSearch,
  CursorCodec,
  type Page,
  type Scope,
} from '../../src/index.js';
import type { OracleRow } from '../oracle/oracle-entity.js';
import type { RunStatement, TextRow } from './specimen-database.js';
import { shapeOf } from './specimen-shapes.js';
import type { SpecimenEntity } from './specimens.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });

/** A page as PostgreSQL finds it; of each row, the primary key as one text. */
export async function searchPage(
  run: RunStatement,
  entity: SpecimenEntity,
  scope: Scope<OracleRow>,
  args: BatchQuerierArgs<OracleRow>,
): Promise<Page<string>> {
  const shape = shapeOf(entity);
  const statement = compileSearch(shape, scope, batchQuerier(args), { restriction: null, cursors });
  const rows = await run(statement.sql, statement.values);
  const width = statement.leads.length;
  const own = rows.map((row) => row.slice(width)).filter((row) => keyOfRow(entity, row) !== null);
  return assemblePage(statement, {
    items: own.map((row) => keyOfRow(entity, row)!),
    positions: own.map((row) => statement.keys.map((position) => row[position]!)),
    leads: (rows[0] ?? []).slice(0, width).map(Number),
  });
}

/** Null where the numbers stand alone, for want of rows. */
function keyOfRow(entity: SpecimenEntity, row: TextRow): string | null {
  const properties = Object.keys(entity.columns);
  const values = entity.primaryKey.map((property) => row[properties.indexOf(property)]!);
  return values.includes(null as never) ? null : values.join(' ');
}
