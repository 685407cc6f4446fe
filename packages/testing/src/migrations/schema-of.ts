import type { DataSource } from 'typeorm';

/**
 * What there is in a database besides rows, one line for each thing, sorted: schemas, tables with their columns, indexes,
 * constraints, triggers and policies, views, sequences, types, functions, extensions. TypeORM's own two tables are left
 * out, but not what it notes of generated columns and views.
 */
export async function schemaOf(dataSource: DataSource): Promise<readonly string[]> {
  const { options, metadataTableName } = dataSource;
  const own = [options.migrationsTableName ?? 'migrations', metadataTableName];
  const rows = await dataSource.query<{ line: string }[]>(sql, [own]);
  const lines = rows.map(({ line }) => line);
  return [...lines, ...(await notesOf(dataSource))].sort();
}

async function notesOf(dataSource: DataSource): Promise<readonly string[]> {
  const table = dataSource.driver.escape(dataSource.metadataTableName);
  const [found] = await dataSource.query<{ oid: string | null }[]>('SELECT to_regclass($1) AS oid', [table]);
  if (found!.oid === null) return [];
  const rows = await dataSource.query<{ note: string }[]>(
    `SELECT concat_ws(' ', type, schema, "table", name, value) AS note FROM ${table}`,
  );
  return rows.map(({ note }) => `note ${note}`);
}

const sql = `
WITH spaces AS (
  SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), own AS (
  SELECT c.oid FROM pg_class c JOIN spaces n ON n.oid = relnamespace WHERE relname = ANY ($1::text[])
), hidden AS (
  SELECT oid FROM own
  UNION SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM own)
  UNION SELECT objid FROM pg_depend
    WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjid IN (SELECT oid FROM own)
), relations AS (
  SELECT format('%I.%I', nspname, relname) AS name, c.* FROM pg_class c JOIN spaces n ON n.oid = relnamespace
  WHERE c.oid NOT IN (SELECT oid FROM hidden)
)
SELECT format('schema %I', nspname) AS line FROM spaces
UNION ALL SELECT format('relation %s %s %s %s %s %s %s', name, relkind, relpersistence, relrowsecurity,
    relforcerowsecurity, reloptions,
    coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))
  FROM relations WHERE relkind NOT IN ('i', 'I')
UNION ALL SELECT format('view %s %s', name, pg_get_viewdef(relations.oid)) FROM relations WHERE relkind IN ('v', 'm')
UNION ALL SELECT format('sequence %s %s %s %s %s %s %s', name, seqtypid::regtype, seqstart, seqincrement, seqmin,
    seqmax, seqcycle)
  FROM relations JOIN pg_sequence ON seqrelid = relations.oid
UNION ALL SELECT format('column %s.%I %s %s %s %s %s %s', name, attname, format_type(atttypid, atttypmod), attnotnull,
    attidentity, attgenerated, nullif(attcollation, 0)::regcollation, pg_get_expr(adbin, adrelid))
  FROM relations r JOIN pg_attribute a ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped
  LEFT JOIN pg_attrdef ON adrelid = r.oid AND adnum = attnum
  WHERE relkind NOT IN ('i', 'I')
UNION ALL SELECT format('index %s %s', pg_get_indexdef(indexrelid), indisvalid)
  FROM pg_index JOIN relations r ON r.oid = indexrelid
UNION ALL SELECT format('constraint %s %I %s', name, conname, pg_get_constraintdef(c.oid))
  FROM pg_constraint c JOIN relations r ON r.oid = conrelid
UNION ALL SELECT format('trigger %s', pg_get_triggerdef(t.oid))
  FROM pg_trigger t JOIN relations r ON r.oid = tgrelid WHERE NOT tgisinternal
UNION ALL SELECT format('policy %s %I %s %s %s %s %s', name, polname, polcmd, polpermissive, polroles::regrole[],
    pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  FROM pg_policy JOIN relations r ON r.oid = polrelid
UNION ALL SELECT format('type %I.%I %s %s %s', nspname, typname, typtype, format_type(nullif(typbasetype, 0), typtypmod),
    (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
  FROM pg_type t JOIN spaces n ON n.oid = typnamespace WHERE typtype IN ('e', 'd', 'r')
UNION ALL SELECT format('function %I.%I(%s) %s %s', nspname, proname, pg_get_function_identity_arguments(p.oid),
    pg_get_function_result(p.oid), md5(prosrc))
  FROM pg_proc p JOIN spaces n ON n.oid = pronamespace
UNION ALL SELECT format('extension %I', extname) FROM pg_extension`;
