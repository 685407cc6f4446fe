import { Misuse } from '@holdfast/errors';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { SCOPE_SETTING, UNSCOPED_SETTING } from './row-scope-settings.js';

/** The SQL of a migration and of its undoing, one statement each. */
export interface PolicyStatements {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** The name of our policy on every table. */
export const POLICY = 'holdfast_scope';

export function policyStatements(
  mapping: Pick<EntityMapping, 'table' | 'column'>,
  scopes: Readonly<Record<string, string>>,
): PolicyStatements {
  const { table } = mapping;
  return {
    up: [
      `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
      `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
      policy(mapping, scopes),
    ],
    down: [
      `DROP POLICY ${POLICY} ON ${table}`,
      `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`,
      `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
    ],
  };
}

/** One policy for everything: several would be ORed all the same, and be checked one by one when rows are written. */
export function policy(
  mapping: Pick<EntityMapping, 'table' | 'column'>,
  scopes: Readonly<Record<string, string>>,
): string {
  const visible = [
    `(SELECT current_setting('${UNSCOPED_SETTING}', true) = 'on')`,
    ...Object.entries(scopes).map(([name, property]) => ofScope(mapping, name, property)),
  ].join('\n  OR ');
  return `CREATE POLICY ${POLICY} ON ${mapping.table} USING (\n  ${visible}\n) WITH CHECK (\n  ${visible}\n)`;
}

/**
 * Read once for a statement, not for each row: that is what the SELECT is for. The setting is NULL before its first use
 * on a connection and empty after it. The outer cast does nothing but keep the SELECT from being read as `= ANY (query)`.
 */
function ofScope(mapping: Pick<EntityMapping, 'column'>, name: string, property: string): string {
  const { sql, type } = mapping.column(property);
  if (type.array) throw new Misuse(`Row-level security by ${property}, which is an array, is not supported.`);
  const setting = `nullif(current_setting('${SCOPE_SETTING}', true), '')::jsonb`;
  const values = `(${setting} ->> '${name.replaceAll("'", "''")}')::${type.sql}[]`;
  return `${sql} = ANY ((SELECT ${values})::${type.sql}[])`;
}
