import { createHash } from 'node:crypto';
import { bindHead, parseFrame } from './frames.js';
import { compileRowDecoder, decodeTexts, readTexts, type RowDecoder, type RowFormat } from './row-decoder.js';
import type { RowSink } from './row-sink.js';

// The server's memory for a prepared statement grows with its text, by far more than the text.
const LONGEST = 10_000;

/** One shape of SQL: its text, the name that it is prepared under, and how its rows are read. Compiled once. */
export class Statement {
  readonly sql: string;
  /**
   * Follows from the text, so that it means the same on every connection, to whichever process it belongs. Empty for what
   * is not to be kept.
   */
  readonly name: string;
  readonly format: RowFormat | null;
  readonly bindHead: Buffer;
  /** The entity that it was made for, or null. */
  readonly entity: string | null;
  #decode: RowDecoder | null = null;
  #plannedAnew: Statement | null = null;
  #inTexts: Statement | null = null;

  /** `format` is null for a statement whose rows, if it has any, are of no interest. */
  constructor(sql: string, format: RowFormat | null, entity: string | null = null, isKept = true) {
    this.sql = sql;
    this.name = isKept && sql.length <= LONGEST ? nameOf(sql) : '';
    this.format = format;
    this.bindHead = this.name === '' ? unnamedHead : bindHead(this.name);
    this.entity = entity;
  }

  /** A statement that comes but once. */
  static once(sql: string, format: RowFormat | null): Statement {
    return new Statement(sql, format, null, false);
  }

  /**
   * The same, planned each time for the values that it has. A plan that is kept knows nothing of how long a list is, and
   * joins thousands of given rows to thousands of stored ones by looking at all pairs (PostgreSQL: PREPARE, notes).
   */
  get plannedAnew(): Statement {
    return (this.#plannedAnew ??= new Statement(this.sql, this.format, this.entity, false));
  }

  /** The message that prepares it; made anew each time, for it is long and seldom sent. */
  parse(name = this.name): Buffer {
    return parseFrame(name, this.sql);
  }

  get decode(): RowDecoder | null {
    if (this.format === null) return null;
    return (this.#decode ??= compileRowDecoder(this.format));
  }

  /** Reads a row that arrived as texts. */
  read(row: readonly (string | null)[], into: RowSink): void {
    if (this.format !== null) readTexts(this.format, row, into);
  }

  /** The same, whose rows arrive as they come over the wire: as lists of texts, for `read` to read when they are wanted. */
  get inTexts(): Statement {
    if (this.format === null) return this;
    return (this.#inTexts ??= new TextStatement(this.sql, this.format, this.entity, this.name !== ''));
  }
}

class TextStatement extends Statement {
  override get decode(): RowDecoder {
    return decodeTexts;
  }

  override read(row: readonly (string | null)[], into: RowSink): void {
    into.rows.push(row);
  }
}

function nameOf(sql: string): string {
  return `hf_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`;
}

export const unnamedHead: Buffer = bindHead('');

/** A statement with its values in text form. */
export interface Step {
  readonly statement: Statement;
  readonly values: readonly (string | null)[];
  /** Where its rows go. Default: of what rides in front of another statement, nowhere; of the last one, to its answer. */
  readonly into?: RowSink;
}
