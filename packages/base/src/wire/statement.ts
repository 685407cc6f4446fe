import { bindHead, parseFrame } from './frames.js';
import { compileRowDecoder, type RowDecoder, type RowFormat } from './row-decoder.js';

let count = 0;

/** One shape of SQL: its text, the name that it is prepared under, and how its rows are read. Compiled once. */
export class Statement {
  readonly sql: string;
  readonly name: string;
  readonly format: RowFormat | null;
  readonly parse: Buffer;
  readonly bindHead: Buffer;
  #decode: RowDecoder | null = null;

  /** `format` is null for a statement whose rows, if it has any, are of no interest. */
  constructor(sql: string, format: RowFormat | null) {
    this.sql = sql;
    this.name = `hf${(++count).toString(36)}`;
    this.format = format;
    this.parse = parseFrame(this.name, sql);
    this.bindHead = bindHead(this.name);
  }

  get decode(): RowDecoder | null {
    if (this.format === null) return null;
    return (this.#decode ??= compileRowDecoder(this.format));
  }
}

/** A statement with its values in text form. */
export interface Step {
  readonly statement: Statement;
  readonly values: readonly (string | null)[];
}
