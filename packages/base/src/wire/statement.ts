import { createHash } from 'node:crypto';
import { bindHead, parseFrame } from './frames.js';
import { compileRowDecoder, type RowDecoder, type RowFormat } from './row-decoder.js';
import type { RowSink } from './row-sink.js';

/** One shape of SQL: its text, the name that it is prepared under, and how its rows are read. Compiled once. */
export class Statement {
  readonly sql: string;
  /** Follows from the text, so that it means the same on every connection, to whichever process it belongs. */
  readonly name: string;
  readonly format: RowFormat | null;
  readonly parse: Buffer;
  readonly bindHead: Buffer;

  /** `format` is null for a statement whose rows, if it has any, are of no interest. */
  constructor(sql: string, format: RowFormat | null) {
    this.sql = sql;
    this.name = `hf_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`;
    this.format = format;
    this.parse = parseFrame(this.name, sql);
    this.bindHead = bindHead(this.name);
  }

  get decode(): RowDecoder | null {
    return this.format === null ? null : compileRowDecoder(this.format);
  }
}

/** A statement with its values in text form. */
export interface Step {
  readonly statement: Statement;
  readonly values: readonly (string | null)[];
  /** Where its rows go if it rides in front of another statement. Default: nobody reads them. */
  readonly into?: RowSink;
}
