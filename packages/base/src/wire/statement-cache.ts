import { LeastRecentlyUsed } from './least-recently-used.js';
import type { RowFormat } from './row-decoder.js';
import { Statement } from './statement.js';

/** Shapes that are kept at most, and their characters. What exceeds it is compiled again when it comes again. */
const room = { entries: 1_000, weight: 1_000_000 };

/** Statements by their text: values are never part of it, so the text is the shape. */
export class StatementCache {
  readonly #statements = new LeastRecentlyUsed<Statement>();
  readonly #entity: string | null;

  /** `entity` is whose statements these are, for events. */
  constructor(entity: string | null = null) {
    this.#entity = entity;
  }

  get(sql: string, format: RowFormat | null): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = new Statement(sql, format, this.#entity);
    if (statement.name !== '') this.#statements.set(sql, statement, sql.length, room);
    return statement;
  }
}
