import type { RowFormat } from './row-decoder.js';
import { Statement } from './statement.js';

/** Shapes that are kept at most. What exceeds it is compiled again when it comes again. */
const MOST = 1_000;

/** Statements by their text: values are never part of it, so the text is the shape. The least recently used one goes. */
export class StatementCache {
  readonly #statements = new Map<string, Statement>();

  get(sql: string, format: RowFormat | null): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined && this.#statements.size < MOST) return known;
    this.#statements.delete(sql);
    if (this.#statements.size >= MOST) {
      const [oldest] = this.#statements.keys();
      this.#statements.delete(oldest!);
    }
    const statement = known ?? new Statement(sql, format);
    this.#statements.set(sql, statement);
    return statement;
  }
}
