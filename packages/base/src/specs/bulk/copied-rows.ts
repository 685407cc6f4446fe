import { InvalidInput } from '@holdfast/errors';
import { encodeValue } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import type { CopyIn } from '../../wire/copy-in.js';
import type { AlikeColumn } from './alike-values.js';

/** So many new rows that all give the same columns, for COPY. Null where one of them has to be refused. */
export function copiedRows(mapping: EntityMapping, alike: readonly AlikeColumn[], count: number): CopyIn | null {
  const columns: (string | readonly string[])[] = [];
  for (const [{ type }, values] of alike) {
    if ('form' in values) {
      columns.push(field(values.text));
      continue;
    }
    const texts = textsOf(type, values);
    if (texts === null) return null;
    columns.push(texts);
  }
  const names = alike.map(([{ sql }]) => sql).join(', ');
  return { sql: `COPY ${mapping.table} (${names}) FROM STDIN`, rows: lines(columns, count) };
}

function lines(columns: readonly (string | readonly string[])[], count: number): string {
  let rows = '';
  for (let i = 0; i < count; i++) {
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!;
      rows += (at === 0 ? '' : '\t') + (typeof column === 'string' ? column : column[i]!);
    }
    rows += '\n';
  }
  return rows;
}

/** The fields of a column, or null where a value is none. */
function textsOf(type: AlikeColumn[0]['type'], values: readonly unknown[]): readonly string[] | null {
  try {
    const texts = values.map((value) => encodeValue(type, value, ''));
    // To look for them in one long text costs a fraction of looking in each.
    if (special.test(texts.join())) return texts.map(field);
    return texts.includes(null) ? texts.map((text) => text ?? NULL) : (texts as readonly string[]);
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}

const NULL = '\\N';
const special = /[\\\n\r\t]/;
const breaks = /[\n\r\t]/;
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text in the text format of COPY: its end of field, its end of line and its own sign are escaped. */
function field(text: string | null): string {
  if (text === null) return NULL;
  // JSON and arrays have the sign again and again, and no breaks.
  const signed = text.replaceAll('\\', '\\\\');
  return breaks.test(signed) ? signed.replaceAll(/[\n\r\t]/g, (sign) => escapes[sign]!) : signed;
}
