import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { StartUpFailure } from '../start-up-failure.js';
import type { BadLine } from './bad-line.js';
import { textLines } from './text-lines.js';

/** A CSV file with a header: what its columns hold, and which one tells its lines apart. */
export interface TableSchema<Line> {
  readonly columns: readonly string[];
  readonly key: string;
  readonly line: z.ZodType<Line>;
}

/** The good lines of a file in their order, and the bad ones. */
export interface Table<Line> {
  readonly lines: readonly Line[];
  readonly badLines: readonly BadLine[];
}

/**
 * Reads a CSV file and checks every line of it. Columns may come in any order, and further columns are passed over.
 * Throws `StartUpFailure` if the file cannot be read, is empty or too large, or lacks a column.
 */
export async function readTable<Line>(file: string, schema: TableSchema<Line>): Promise<Table<Line>> {
  const lines: Line[] = [];
  const badLines: BadLine[] = [];
  const seen = new Map<string, number>();
  let columns: Columns | null = null;
  let number = 0;

  for await (const texts of textLines(file)) {
    for (const text of texts) {
      number += 1;
      if (columns === null) {
        columns = readHeader(file, text.replace(/^\uFEFF/, ''), schema);
        continue;
      }
      const result = readLine(text, columns, schema, seen);
      if (typeof result === 'string') badLines.push({ file, line: number, reason: result });
      else {
        seen.set(result.key, number);
        lines.push(result.line);
      }
    }
  }
  if (columns === null) throw new StartUpFailure(`${file} is empty.`);
  return { lines, badLines };
}

interface Columns {
  readonly count: number;
  readonly positions: ReadonlyMap<string, number>;
}

function readHeader(file: string, text: string, schema: TableSchema<unknown>): Columns {
  const names = splitLine(text);
  if (names === null) throw new StartUpFailure(`The header of ${file} is not CSV.`);
  const positions = new Map(names.map((name, position) => [name.trim(), position] as const));
  const missing = schema.columns.filter((column) => !positions.has(column));
  if (missing.length > 0) throw new StartUpFailure(`${file} has no column ${missing.join(', ')}.`);
  if (positions.size < names.length) throw new StartUpFailure(`${file} has a column twice.`);
  return { count: names.length, positions };
}

function readLine<Line>(
  text: string,
  { count, positions }: Columns,
  schema: TableSchema<Line>,
  seen: ReadonlyMap<string, number>,
): string | { readonly key: string; readonly line: Line } {
  if (text === '') return 'the line is empty';
  if (text.includes('\uFFFD')) return 'the line is not UTF-8';
  const cells = splitLine(text);
  if (cells === null) return 'a quote is misplaced or not closed';
  if (cells.length !== count) return `${count} values are needed, not ${cells.length}`;
  const record = Object.fromEntries(schema.columns.map((column) => [column, cells[positions.get(column)!]!]));
  const key = record[schema.key]!;
  const earlier = seen.get(key);
  if (earlier !== undefined) return `${schema.key} is that of line ${earlier}`;
  const checked = schema.line.safeParse(record);
  if (checked.success) return { key, line: checked.data };
  return checked.error.issues.map((issue) => [...issue.path, issue.message].join(' ')).join('; ');
}

/** One line at a time, so that a quote that nobody closed spoils its own line only. */
function splitLine(text: string): readonly string[] | null {
  try {
    const records = parse(text);
    return records[0] ?? [''];
  } catch {
    return null;
  }
}
