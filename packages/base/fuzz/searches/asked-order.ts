import type { FieldSet } from '@holdfast/querier';
import type { OracleOrder } from '../../../querier/test/oracle/sorted-rows.js';
import { fuzzedDefinition } from './fuzzed-definition.js';
import { SHOUTING } from './fuzzed-fields.js';

type Plain = Readonly<Record<string, unknown>>;

/** An order by a field. */
export function askedOrder(
  fields: FieldSet<never>,
  name: string,
  dir: 'asc' | 'desc',
  nulls: 'first' | 'last' | null,
): OracleOrder {
  const { order, column = name } = fuzzedDefinition(fields, name);
  const placed = nulls === null ? { dir } : { dir, nulls };
  if (typeof order === 'string') return { by: order, ...placed };
  if (typeof order !== 'object') return { by: column, ...placed };
  if ((order as { sql?: unknown }).sql !== SHOUTING) throw new Error(`Nobody knows the order ${name}.`);
  const valueOf = (row: Plain): unknown =>
    (row['title'] as string | null)?.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) ?? null;
  return { by: { column: { kind: 'text', array: false, labels: [] }, valueOf }, ...placed };
}

/** `name`, `-name:nullsFirst` … */
export function askedOrderOfText(fields: FieldSet<never>, text: string): OracleOrder {
  const [name, nulls] = text.replace(/^-/, '').split(':') as [string, string?];
  const placement = nulls === undefined ? null : nulls === 'nullsFirst' ? 'first' : 'last';
  return askedOrder(fields, name, text.startsWith('-') ? 'desc' : 'asc', placement);
}
