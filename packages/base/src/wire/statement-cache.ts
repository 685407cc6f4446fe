import type { RowFormat } from './row-decoder.js';
import { Statement } from './statement.js';

/** Shapes that are kept at most. What exceeds it is compiled again when it comes again. */
const MOST = 1_000;

/** Statements by their text: values are never part of it, so the text is the shape. */
export class StatementCache {
  readonly #statements = new Map<string, Statement>();

  find(sql: string): Statement | undefined {
    return this.#statements.get(sql);
  }

  get(sql: string, format: RowFormat | null): Statement {
    let statement = this.#statements.get(sql);
    if (statement !== undefined) return statement;
    if (this.#statements.size >= MOST) {
      const [oldest] = this.#statements.keys();
      this.#statements.delete(oldest!);
    }
    statement = new Statement(sql, format);
    this.#statements.set(sql, statement);
    return statement;
  }
}
