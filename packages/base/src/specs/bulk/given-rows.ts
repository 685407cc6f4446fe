import { arrayLiteral, type SqlWriter } from '@holdfast/querier';
import type { MappedColumn } from '../../entity/entity-mapping.js';
import { castOf } from '../cast-of.js';
import type { Cells } from '../creation.js';

/** Rows that give the same columns, so that one statement takes them all; each with its index among all rows. */
export interface GivenRows {
  readonly columns: readonly MappedColumn[];
  readonly rows: readonly { readonly index: number; readonly texts: readonly (string | null)[] }[];
}

/** Rows by the columns that they give, and by a label where they have one, in the order in which these first come. */
export function givenRows(all: readonly Cells[], labels: readonly string[] = []): readonly GivenRows[] {
  return grouped(all, labels, new Map());
}

/** The same for rows whose order matters: rows that come one after the other, and give the same columns. */
export function givenRuns(all: readonly Cells[]): readonly GivenRows[] {
  return grouped(all, [], null);
}

/** `known` finds groups again by what they are called; without it each change of columns begins another. */
function grouped(
  all: readonly Cells[],
  labels: readonly string[],
  known: Map<string, Group> | null,
): readonly GivenRows[] {
  const groups: Group[] = [];
  let like: {
    readonly cells: Cells;
    readonly label: string;
    readonly places: readonly number[];
    readonly group: Group;
  } | null = null;
  all.forEach((cells, index) => {
    const label = labels[index] ?? '';
    // Most rows give their columns as the row before them did.
    if (like?.label !== label || !giveTheSame(like.cells, cells)) {
      const places = cells.map((_, i) => i).sort((a, b) => (cells[a]![0].property < cells[b]![0].property ? -1 : 1));
      const columns = places.map((place) => cells[place]![0]);
      const name = [label, ...columns.map(({ sql }) => sql)].join();
      const group = known?.get(name) ?? { columns, rows: [] };
      if (group.rows.length === 0) groups.push(group);
      known?.set(name, group);
      like = { cells, label, places, group };
    }
    like.group.rows.push({ index, texts: like.places.map((place) => cells[place]![1]) });
  });
  return groups;
}

interface Group extends GivenRows {
  readonly rows: { readonly index: number; readonly texts: readonly (string | null)[] }[];
}

function giveTheSame(some: Cells, others: Cells): boolean {
  return some.length === others.length && some.every(([column], i) => column === others[i]![0]);
}

/** A value that the database makes for every given row, e.g. its serial key. */
export interface MadeCell {
  readonly column: MappedColumn;
  readonly sql: string;
}

/** Given rows as a source of SQL: a name of its own for each column, and for the place of the row from 1 on. */
export interface GivenSource {
  /** `given AS MATERIALIZED (…)`, for a WITH. */
  readonly sql: string;
  /** The columns, given and made. */
  readonly columns: readonly MappedColumn[];
  /** What a column is called in it. */
  name(column: MappedColumn): string;
}

/**
 * Columns travel as one array of texts each and are cast row by row: `unnest` would flatten arrays of arrays. The number
 * of rows is no part of the text.
 */
export function givenSource(
  { columns, rows }: GivenRows,
  writer: SqlWriter,
  made: readonly MadeCell[] = [],
): GivenSource {
  const arrays = columns.map((_, i) => writer.text(arrayLiteral(rows.map(({ texts }) => texts[i]!)), 'text[]'));
  // A row that gives nothing is still one.
  if (arrays.length === 0) arrays.push(writer.text(arrayLiteral(rows.map(() => '')), 'text[]'));
  const raw = arrays.map((_, i) => `c${i}`);
  const cast = [
    ...columns.map((column, i) => `c${i}::${castOf(column)} AS c${i}`),
    ...made.map(({ sql }, i) => `${sql} AS c${columns.length + i}`),
    'place',
  ];
  const all = [...columns, ...made.map(({ column }) => column)];
  return {
    sql: `given AS MATERIALIZED (SELECT ${cast.join(', ')} FROM unnest(${arrays.join(', ')}) WITH ORDINALITY r(${raw.join(', ')}, place))`,
    columns: all,
    name: (column) => `given.c${all.indexOf(column)}`,
  };
}
