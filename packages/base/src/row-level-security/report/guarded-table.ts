import { Misuse } from '@holdfast/errors';
import { quoteIdentifier } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import type { DbReadSession } from '../../session/db-session.js';

/** A table that is to be under row-level security, as it is in the database. */
export interface GuardedTable {
  readonly mapping: EntityMapping;
  /** Properties by the name of their scope. */
  readonly scopes: Readonly<Record<string, string>>;
  readonly oid: number;
  /** As SQL names it. */
  readonly name: string;
  /** Without its schema. */
  readonly plainName: string;
  readonly isEnabled: boolean;
  readonly isForced: boolean;
  /** Whether the role of the connection is its owner, or may act as the owner. */
  readonly isOwn: boolean;
  /** The numbers of the scopes' columns, by the name of the scope. */
  readonly columns: ReadonlyMap<string, number>;
}

/** Looks a table up. Throws Misuse if it, or a column of a scope, is not there. */
export async function guardedTable(
  dbSession: DbReadSession,
  mapping: EntityMapping,
  scopes: Readonly<Record<string, string>>,
): Promise<GuardedTable> {
  const [found] = await dbSession.sql<Omit<GuardedTable, 'mapping' | 'scopes' | 'columns'>>`
    SELECT oid, oid::regclass::text AS name, relname AS "plainName", relrowsecurity AS "isEnabled",
           relforcerowsecurity AS "isForced", pg_has_role(relowner, 'USAGE') AS "isOwn"
    FROM pg_class WHERE oid = to_regclass(${mapping.table})`;
  if (found === undefined) throw new Misuse(`There is no table ${mapping.table} in the database.`);
  const numbers = await dbSession.sql<{ name: string; number: number }>`
    SELECT attname AS name, attnum AS number FROM pg_attribute WHERE attrelid = ${found.oid}::oid AND attnum > 0`;
  const byName = new Map(numbers.map(({ name, number }) => [quoteIdentifier(name), number]));
  const columns = Object.entries(scopes).map(([scope, property]): [string, number] => {
    const number = byName.get(mapping.column(property).sql);
    if (number === undefined) throw new Misuse(`The table ${mapping.table} has no column for ${property}.`);
    return [scope, number];
  });
  return { ...found, mapping, scopes, columns: new Map(columns) };
}
