import { Misuse } from '@holdfast/errors';
import type { ColumnShape, EntityShape } from '@holdfast/querier';
import type { Statement } from '../wire/statement.js';
import { StatementCache } from '../wire/statement-cache.js';
import type { RowFormat } from '../wire/row-decoder.js';

/** A column with what writes need to know of it. */
export interface MappedColumn extends ColumnShape {
  readonly insertable: boolean;
  readonly updatable: boolean;
  /** Set to the time of the statement by every update. */
  readonly isUpdateDate: boolean;
  /** 1 in a new row, one more after every update. */
  readonly isVersion: boolean;
}

/** One entity of one DataSource: its shape, its select list, and its compiled statements. */
export class EntityMapping implements EntityShape {
  readonly name: string;
  readonly table: string;
  readonly columns: ReadonlyMap<string, MappedColumn>;
  readonly primaryKey: readonly MappedColumn[];
  /** All columns, as in a select list. */
  readonly list: string;
  readonly #statements = new StatementCache();
  readonly #rows: RowFormat;

  constructor(name: string, table: string, columns: readonly MappedColumn[], primaryKey: readonly string[]) {
    this.name = name;
    this.table = table;
    this.columns = new Map(columns.map((column) => [column.property, column]));
    this.primaryKey = primaryKey.map((property) => this.column(property));
    this.list = columns.map(({ sql }) => sql).join(', ');
    this.#rows = { columns, keys: [], counts: false };
  }

  /** A column by its property. Throws Misuse if there is none. */
  column(property: string): MappedColumn {
    const column = this.columns.get(property);
    if (column === undefined) throw new Misuse(`${this.name} has no column ${property}.`);
    return column;
  }

  /** The only column of the primary key. Throws Misuse if it has several. */
  get key(): MappedColumn {
    if (this.primaryKey.length !== 1)
      throw new Misuse(`${this.name} has not one key column but ${this.primaryKey.length}.`);
    return this.primaryKey[0]!;
  }

  /** A row's key as one text, for joining rows to what was asked for. PostgreSQL writes UUIDs in lower case. */
  keyText(row: object): string {
    const parts = this.primaryKey.map(({ property, type }) => {
      const text = String((row as Record<string, unknown>)[property]);
      return type.kind === 'uuid' ? text.toLowerCase() : text;
    });
    return parts.length === 1 ? parts[0]! : JSON.stringify(parts);
  }

  /** Assignments that every change of a row brings along, unless the change gives them itself. */
  bookkeeping(given: object = {}): readonly string[] {
    return [...this.columns.values()].flatMap(({ property, sql, isUpdateDate, isVersion }) => {
      if (property in given) return [];
      if (isUpdateDate) return [`${sql} = now()`];
      return isVersion ? [`${sql} = ${sql} + 1`] : [];
    });
  }

  /** A statement that returns whole rows. */
  returningRows(sql: string): Statement {
    return this.#statements.get(sql, this.#rows);
  }

  /** A statement that returns nothing. */
  returningNothing(sql: string): Statement {
    return this.#statements.get(sql, null);
  }

  /** A statement whose rows are read in a way of their own; the format must follow from the text. */
  returning(sql: string, format: () => RowFormat): Statement {
    return this.#statements.find(sql) ?? this.#statements.get(sql, format());
  }
}
