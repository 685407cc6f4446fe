import { arrayLiteral, columnType } from '@holdfast/querier';
import type { RowFormat } from '../../wire/row-decoder.js';
import { castOf } from '../cast-of.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type ReadSpec, readSpec } from '../spec.js';

const ok = { property: 'ok', sql: 'ok', type: columnType('boolean'), nullable: false };
const format: RowFormat = { columns: [ok], extra: [], keys: [], leads: 0 };

// Where the entity takes a column for another type, a statement converts what COPY would not, or refuses what it would take.
const sql = `SELECT c.relkind IN ('r', 'p') AND NOT c.relhasrules AND NOT row_security_active(c.oid) AND NOT EXISTS (
  SELECT FROM unnest($2::text[], $3::text[]) known(name, type)
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = known.name AND a.attgenerated = '' AND a.attidentity <> 'a'
  LEFT JOIN pg_type t ON t.oid = a.atttypid
  WHERE replace(CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END::regtype::text, 'character varying', 'text')
    IS DISTINCT FROM replace(to_regtype(known.type)::text, 'character varying', 'text')
) AS ok FROM pg_class c WHERE c.oid = $1::regclass`;

/**
 * Whether COPY stores rows of the entity as an INSERT does: into a table without rules, of the types that the entity says,
 * and not under row-level security, where PostgreSQL refuses it. Rows with embedded objects are not written down for it.
 */
export function copyable<Row extends object, Data, Id>(definition: EntityDefinition<Row, Data, Id>): ReadSpec<boolean> {
  return readSpec('bulkCreate', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const columns = [...mapping.columns.values()].filter(({ insertable }) => insertable);
    const names = columns.map((column) => column.sql.slice(1, -1).replaceAll('""', '"'));
    return {
      statement: mapping.returning(sql, format),
      values: [mapping.table, arrayLiteral(names), arrayLiteral(columns.map(castOf))],
      finish: ({ rows }) =>
        mapping.embedded.size === 0 && (rows[0] as { readonly ok: boolean } | undefined)?.ok === true,
    };
  });
}
