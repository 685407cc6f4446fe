import type { OrderKey } from '../order/compile-order.js';
import type { SqlWriter } from '../entity/sql-writer.js';

/**
 * The rows after a position, as the conditions of index ranges whose union they are, deepest prefix first.
 *
 * Where all keys are NOT NULL and of one direction this is a single row comparison (PostgreSQL 9.25.5); otherwise there
 * is one range for each prefix of the order: equal on the prefix, beyond on the next key, NULLs as placed.
 */
export function seekRanges(
  keys: readonly OrderKey[],
  position: readonly (string | null)[],
  writer: SqlWriter,
): readonly string[] {
  const isWhole = !position.includes(null); // else a NULL where there should be none
  const isUniform =
    isWhole && keys.every(({ column, descending }) => !column.nullable && descending === keys[0]!.descending);
  const parameters = keys.map(({ column }, i) =>
    position[i] === null ? null : writer.text(position[i]!, column.type.sql),
  );
  if (isUniform) {
    const columns = keys.map(({ column }) => column.sql).join(', ');
    return [`(${columns}) ${keys[0]!.descending ? '<' : '>'} (${parameters.join(', ')})`];
  }
  const ranges: string[] = [];
  for (let i = keys.length - 1; i >= 0; i--) {
    const prefix = keys.slice(0, i).map(({ column }, j) => equal(column.sql, parameters[j]!));
    for (const beyond of beyondKey(keys[i]!, parameters[i]!)) ranges.push([...prefix, beyond].join(' AND '));
  }
  return ranges;
}

function equal(sql: string, parameter: string | null): string {
  return parameter === null ? `${sql} IS NULL` : `${sql} = ${parameter}`;
}

/** What comes after one key's value: none, one or two ranges. */
function beyondKey({ column, descending, nullsFirst }: OrderKey, parameter: string | null): readonly string[] {
  if (parameter === null) return nullsFirst ? [`${column.sql} IS NOT NULL`] : [];
  const beyond = `${column.sql} ${descending ? '<' : '>'} ${parameter}`;
  return column.nullable && !nullsFirst ? [beyond, `${column.sql} IS NULL`] : [beyond];
}
