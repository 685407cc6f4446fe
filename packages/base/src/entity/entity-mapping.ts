import { Misuse } from '@holdfast/errors';
import type { ColumnShape, EntityShape, PageStatement, RelationShape, RowKinds } from '@holdfast/querier';
import { LeastRecentlyUsed } from '../wire/least-recently-used.js';
import type { Statement } from '../wire/statement.js';
import { StatementCache } from '../wire/statement-cache.js';
import type { RowFormat } from '../wire/row-decoder.js';
import type { KnownSearch } from './known-search.js';
import { StatementShapes } from './statement-shapes.js';

/** A column with what writes need to know of it. */
export interface MappedColumn extends ColumnShape {
  /** Where its value stands in what is given, as a JSON pointer. */
  readonly pointer: string;
  readonly insertable: boolean;
  readonly updatable: boolean;
  /** What makes the value of a row that gives none: a sequence, or whoever makes uuids; null where nothing does. */
  readonly generation: 'sequence' | 'uuid' | null;
  /** Set to the time of the statement when a row is created. */
  readonly isCreateDate: boolean;
  /** Set to the time of the statement by every update. */
  readonly isUpdateDate: boolean;
  /** 1 in a new row, one more after every update. */
  readonly isVersion: boolean;
}

export interface EntityMappingArgs {
  readonly name: string;
  /** Quoted. */
  readonly table: string;
  readonly columns: readonly MappedColumn[];
  readonly embedded: ReadonlySet<string>;
  /** Made when they are first asked for: entities lead to each other in circles. */
  readonly relations: () => ReadonlyMap<string, RelationShape>;
  /** Properties, in key order. */
  readonly primaryKey: readonly string[];
  readonly primaryKeyName: string | null;
  /** The property that TypeORM knows as the delete date. */
  readonly deletedAt: string | null;
  readonly kinds: RowKinds | null;
  /** The property that says which entity a row is, and what it says of this one's. */
  readonly discriminator: { readonly property: string; readonly value: string } | null;
}

const mostFormats = { entries: 200, weight: 200 };

/** One entity of one DataSource: its shape, its select list, and its compiled statements. */
export class EntityMapping implements EntityShape {
  readonly name: string;
  readonly table: string;
  readonly columns: ReadonlyMap<string, MappedColumn>;
  readonly primaryKey: readonly MappedColumn[];
  /** The name of the primary key's constraint, where the entity gives one. */
  readonly primaryKeyName: string | null;
  readonly selected: readonly MappedColumn[];
  readonly list: string;
  readonly embedded: ReadonlySet<string>;
  readonly deletedAt: MappedColumn | null;
  readonly kinds: RowKinds | null;
  /** What every new row has unless it gives it itself, in text form: its first version, and which entity it is. */
  readonly initial: readonly (readonly [MappedColumn, string])[];
  /** Its statements by what they are made of. */
  readonly shapes = new StatementShapes();
  /** The same of its searches: their own, because callers may think up any number of them. */
  readonly searches = new StatementShapes<KnownSearch>();
  readonly #relations: () => ReadonlyMap<string, RelationShape>;
  #mappedRelations: ReadonlyMap<string, RelationShape> | null = null;
  readonly #statements: StatementCache;
  readonly #rows: RowFormat;
  readonly #versions: readonly MappedColumn[];
  readonly #bookkept: readonly MappedColumn[];
  // As many as there are orders, of which callers may think up any number.
  readonly #pages = new LeastRecentlyUsed<RowFormat>();

  constructor(args: EntityMappingArgs) {
    const { name, table, columns, relations, primaryKey, primaryKeyName, deletedAt, discriminator } = args;
    this.primaryKeyName = primaryKeyName;
    this.embedded = args.embedded;
    this.kinds = args.kinds;
    this.name = name;
    this.#statements = new StatementCache(name);
    this.table = table;
    this.columns = new Map(columns.map((column) => [column.property, column]));
    this.#relations = relations;
    this.primaryKey = primaryKey.map((property) => this.column(property));
    this.deletedAt = deletedAt === null ? null : this.column(deletedAt);
    this.#versions = columns.filter(({ isVersion }) => isVersion);
    this.#bookkept = columns.filter(({ isUpdateDate, isVersion }) => isUpdateDate || isVersion);
    const first = this.#versions.map((column) => [column, '1'] as const);
    const which = discriminator === null ? [] : [[this.column(discriminator.property), discriminator.value] as const];
    this.initial = [...first, ...which];
    this.selected = columns.filter(({ hidden }) => hidden !== true);
    this.list = this.selected.map(({ sql }) => sql).join(', ');
    this.#rows = { columns: this.selected, extra: [], keys: [], leads: 0 };
  }

  get relations(): ReadonlyMap<string, RelationShape> {
    return (this.#mappedRelations ??= this.#relations());
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

  /** All columns, as in a select list, of rows with an alias. */
  listOf(alias: string): string {
    return this.#rows.columns.map(({ sql }) => `${alias}.${sql}`).join(', ');
  }

  /** Columns that count the versions of a row. */
  get versions(): readonly MappedColumn[] {
    return this.#versions;
  }

  /**
   * Assignments that every change of a row brings along, unless the change gives them itself. The qualifier is for
   * statements that see two rows.
   */
  bookkeeping(given: object = {}, qualifier = ''): readonly string[] {
    return this.#bookkept
      .filter(({ property }) => !Object.hasOwn(given, property))
      .map(({ sql, isUpdateDate }) => `${sql} = ${isUpdateDate ? 'now()' : `${qualifier}${sql} + 1`}`);
  }

  /** A statement that returns whole rows. */
  returningRows(sql: string): Statement {
    return this.#statements.get(sql, this.#rows);
  }

  /** A statement that returns nothing. */
  returningNothing(sql: string): Statement {
    return this.#statements.get(sql, null);
  }

  /** A statement that returns a page: order and numbers are in its text, so that its format follows from it. */
  returningPage({
    sql,
    extra,
    keys,
    leads,
  }: Pick<PageStatement, 'sql' | 'extra' | 'keys'> & { readonly leads: { readonly length: number } }): Statement {
    const name = `${leads.length} ${extra.length} ${keys.join()}`;
    let format = this.#pages.get(name);
    if (format === undefined) {
      format = { columns: this.#rows.columns, extra, keys, leads: leads.length };
      this.#pages.set(name, format, 1, mostFormats);
    }
    return this.#statements.get(sql, format);
  }

  /** A statement that returns whole numbers, and behind them a whole row, or NULLs where there is none. */
  returningNumbers(numbers: number, sql: string): Statement {
    return this.returningPage({ sql, extra: [], keys: [], leads: { length: numbers } });
  }

  /** A statement that returns whole rows, and behind each one value more, as its position. */
  returningAlso(last: ColumnShape, sql: string): Statement {
    let format = this.#pages.get(last.property);
    if (format === undefined) {
      const { columns } = this.#rows;
      format = { columns, extra: [last], keys: [columns.length], leads: 0 };
      this.#pages.set(last.property, format, 1, mostFormats);
    }
    return this.#statements.get(sql, format);
  }

  /** A statement that returns pages of several parents, each row behind values that say whose it is. */
  returningParentPages(
    first: readonly ColumnShape[],
    { sql, extra, keys }: Pick<PageStatement, 'sql' | 'extra' | 'keys'>,
  ): Statement {
    const columns = [...first, ...this.#rows.columns];
    return this.#statements.get(sql, { columns, extra, keys: keys.map((key) => key + first.length), leads: 0 });
  }

  /** A statement whose rows are read in a way of their own; the format must follow from the text. */
  returning(sql: string, format: RowFormat): Statement {
    return this.#statements.get(sql, format);
  }
}
