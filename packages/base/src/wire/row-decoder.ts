import type { ColumnShape } from '@holdfast/querier';
import { nullDecoder, textDecoder } from './decode-text.js';
import { decodeTimestampBytes } from './decode-timestamp.js';
import { rowLiteral, rowOf } from './row-literal.js';
import type { RowSink } from './row-sink.js';

/** Reads one DataRow message, from its field count at `at`, into the sink. */
export type RowDecoder = (bytes: Buffer, at: number, end: number, into: RowSink) => void;

/** What a statement returns. */
export interface RowFormat {
  readonly columns: readonly ColumnShape[];
  /** Columns behind them that are only keys, and no part of the row. */
  readonly extra: readonly ColumnShape[];
  /** Positions in `columns` and `extra` whose text forms make up a row's place in the order. */
  readonly keys: readonly number[];
  /** How many whole numbers come first; the other columns are then all NULL where there is no row. */
  readonly leads: number;
}

/** Whether bytes are all ASCII: then the row's one latin1 string serves for all of them. */
function isAscii(bytes: Buffer, at: number, length: number): boolean {
  let seen = 0;
  for (let i = at, end = at + length; i < end; i++) seen |= bytes[i]!;
  return seen < 128;
}

const asciiKinds: ReadonlySet<string> = new Set(['uuid', 'bigint', 'numeric', 'time']);

const compiled = new WeakMap<RowFormat, RowDecoder>();

/** The decoder of a row format; compiled when it is first asked for. */
export function compileRowDecoder(format: RowFormat): RowDecoder {
  let decoder = compiled.get(format);
  if (decoder === undefined) {
    decoder = compile(format);
    compiled.set(format, decoder);
  }
  return decoder;
}

/**
 * Compiles the decoder of a row format: straight-line code that reads each field where it lies and builds the row as one
 * object literal. Property names are the only text that enters the code, as string literals.
 */
function compile(format: RowFormat): RowDecoder {
  const { columns, extra, keys, leads } = format;
  const keyNames = new Map(keys.map((column) => [column, `k${column}`]));
  const lines = ['let p = at + 2, l = 0;', 'const text = bytes.latin1Slice(p, end), from = p;'];
  for (let i = 0; i < leads; i++) {
    lines.push(nextLength, `const n${i} = +text.substring(p - from, p - from + l); p += l;`);
  }
  if (leads > 0) {
    lines.push(
      `into.leads = [${Array.from({ length: leads }, (_, i) => `n${i}`).join(', ')}];`,
      'let present = false;',
    );
  }
  const nulls = columns.map(nullDecoder);
  columns.forEach((column, i) => {
    lines.push(nextLength, `let v${i} = ${nulls[i] === null ? 'null' : 'absent'};`);
    if (keyNames.has(i)) lines.push(`let k${i} = null;`);
    const key = keyNames.has(i) ? `k${i} = utf8(bytes, p, l, text, from);` : '';
    const present = leads > 0 ? 'present = true;' : '';
    lines.push(`if (l !== -1) { ${key} ${present} v${i} = ${fieldExpression(column, i)}; p += l; }`);
  });
  extra.forEach((_, i) => {
    const name = keyNames.get(columns.length + i);
    lines.push(nextLength);
    if (name !== undefined) lines.push(`const ${name} = l === -1 ? null : utf8(bytes, p, l, text, from);`);
    lines.push('if (l !== -1) p += l;');
  });
  if (leads > 0) lines.push('if (!present) return;');
  nulls.forEach((decode, i) => {
    if (decode !== null) lines.push(`if (v${i} === absent) v${i} = nulls[${i}]();`);
  });
  if (keys.length > 0) lines.push(`into.positions.push([${keys.map((i) => keyNames.get(i)!).join(', ')}]);`);
  lines.push(`into.rows.push(${rowLiteral(columns)});`);
  const source = `return function decodeRow(bytes, at, end, into) {\n${lines.join('\n')}\n};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the compiled form is what the statement path's figures rest on
  const make = new Function('utf8', 'timestamp', 'decoders', 'nulls', 'absent', source) as (
    ...tools: unknown[]
  ) => RowDecoder;
  const decoders = columns.map(({ type }) => textDecoder(type));
  return make(utf8, decodeTimestampBytes, decoders, nulls, absent);
}

/** Until it is known whether there is a row at all, of which a transformer could be asked. */
const absent = Symbol('absent');

const nextLength = 'l = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3]; p += 4;';

/** The code that reads one field that is not NULL. */
function fieldExpression({ type }: ColumnShape, index: number): string {
  const hasNumbers = type.labels?.some((label) => typeof label === 'number') ?? false;
  if (!type.array && type.conversion === undefined && !hasNumbers) {
    if (asciiKinds.has(type.kind)) return 'text.substring(p - from, p - from + l)';
    if (type.kind === 'text' || type.kind === 'enum') return 'utf8(bytes, p, l, text, from)';
    if (type.kind === 'integer' || type.kind === 'smallint') return '+text.substring(p - from, p - from + l)';
    if (type.kind === 'boolean') return 'bytes[p] === 116';
    if (type.kind === 'timestamptz') return 'timestamp(bytes, p, l)';
  }
  return `decoders[${index}](utf8(bytes, p, l, text, from))`;
}

function utf8(bytes: Buffer, at: number, length: number, text: string, from: number): string {
  if (isAscii(bytes, at, length)) return text.substring(at - from, at - from + length);
  return bytes.toString('utf8', at, at + length);
}

/** Reads the fields as they are, each row as a list of texts. */
export const decodeTexts: RowDecoder = (bytes, at, _end, into) => {
  const row: (string | null)[] = [];
  let place = at + 2;
  for (let left = bytes.readInt16BE(at); left > 0; left--) {
    const length = bytes.readInt32BE(place);
    place += 4;
    row.push(length === -1 ? null : bytes.toString('utf8', place, place + length));
    if (length > 0) place += length;
  }
  into.rows.push(row);
};

/** The same from a row of texts: of clients that are not ours, or of an answer that was kept. */
export function readTexts(format: RowFormat, texts: readonly (string | null)[], into: RowSink): void {
  const { columns, keys, leads } = format;
  if (leads > 0) {
    into.leads = texts.slice(0, leads).map(Number);
    if (texts.slice(leads, leads + columns.length).every((text) => text === null)) return;
  }
  if (keys.length > 0) into.positions.push(keys.map((i) => texts[leads + i]!));
  const values = columns.map((column, i) => {
    const text = texts[leads + i]!;
    return text === null ? (nullDecoder(column)?.() ?? null) : textDecoder(column.type)(text);
  });
  into.rows.push(rowOf(columns, values));
}
