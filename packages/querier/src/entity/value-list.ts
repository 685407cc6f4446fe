import { InvalidInput } from '@holdfast/errors';
import type { ColumnKind } from './column-kind.js';
import { type ColumnType, encodeValue } from './column-type.js';
import { storableJson } from './encoders.js';
import { uuidList } from './uuid-list.js';

/**
 * Many values of a column as one text. As an `array` of the type, whose elements are unnested; or as a JSON array, which
 * costs a fraction of what an array of texts does that have to be quoted: of `texts`, which are cast to the type one by
 * one, or of `documents`.
 */
export interface ValueList {
  readonly form: 'array' | 'texts' | 'documents';
  readonly text: string;
}

// Nothing in their text forms means anything in an array.
const plain: ReadonlySet<ColumnKind> = new Set<ColumnKind>([
  'uuid',
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'float',
  'boolean',
  'timestamptz',
  'timestamp',
  'date',
  'time',
]);

/** Texts in PostgreSQL's text form of the type, null for NULL. */
export function textList(type: ColumnType, texts: readonly (string | null)[]): ValueList {
  if (type.array || !plain.has(type.kind)) return { form: 'texts', text: JSON.stringify(texts) };
  const elements = texts.includes(null) ? texts.map((text) => text ?? 'NULL') : texts;
  return { form: 'array', text: `{${elements.join()}}` };
}

/** Whole values of a column; null where one of them is none, which `encodeValue` then says. */
export function valueList(type: ColumnType, values: readonly unknown[]): ValueList | null {
  if (!type.array && type.conversion === undefined) {
    const { kind } = type;
    const uuids = kind === 'uuid' ? uuidList(values) : null;
    if (uuids !== null) return { form: 'array', text: `{${uuids}}` };
    if (kind === 'text' && values.every(isText)) return jsonList('texts', values);
    if ((kind === 'json' || kind === 'jsonb') && values.every(isDocument)) return jsonList('documents', values);
  }
  try {
    return textList(
      type,
      values.map((value) => encodeValue(type, value, '')),
    );
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}

function jsonList(form: 'texts' | 'documents', values: readonly unknown[]): ValueList | null {
  const text = storableJson(values);
  return text === null ? null : { form, text };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null;
}

/** Whether it is in a list what it is alone; null is not: alone it is NULL. */
function isDocument(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { toJSON?: unknown }).toJSON !== 'function';
}
