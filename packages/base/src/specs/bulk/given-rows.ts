import { textList, type SqlWriter, type ValueList } from '@holdfast/querier';
import type { MappedColumn } from '../../entity/entity-mapping.js';
import { castOf } from '../cast-of.js';
import type { Cells } from '../creation.js';
import type { SameValue } from './same-value.js';

/** What given rows have in one column: a value each, or all the same. */
export type GivenList = ValueList | SameValue;

/** Rows that give the same columns, so that one statement takes them all. */
export interface GivenRows {
  readonly columns: readonly MappedColumn[];
  /** For each column. */
  readonly lists: readonly GivenList[];
  /** The index of each row among all rows. */
  readonly indexes: readonly number[];
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
      const group = known?.get(name) ?? { columns, texts: columns.map(() => []), indexes: [] };
      if (group.indexes.length === 0) groups.push(group);
      known?.set(name, group);
      like = { cells, label, places, group };
    }
    const { group, places } = like;
    group.indexes.push(index);
    places.forEach((place, i) => group.texts[i]!.push(cells[place]![1]));
  });
  return groups.map(({ columns, texts, indexes }) => {
    return { columns, indexes, lists: columns.map(({ type }, i) => textList(type, texts[i]!)) };
  });
}

interface Group {
  readonly columns: readonly MappedColumn[];
  /** Of each column the values of all rows. */
  readonly texts: readonly (string | null)[][];
  readonly indexes: number[];
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

/** Each column travels as one list. The number of rows is no part of the text. */
export function givenSource(
  { columns, lists, indexes }: GivenRows,
  writer: SqlWriter,
  made: readonly MadeCell[] = [],
): GivenSource {
  const sources: string[] = [];
  const raw: string[] = [];
  const values = columns.map((column, i) => {
    const { form, text } = lists[i]!;
    const cast = castOf(column);
    if (form === 'same') return `${writer.text(text, cast)} AS c${i}`;
    raw.push(`c${i}`);
    sources.push(
      form === 'array'
        ? `unnest(${writer.text(text, `${cast}[]`)})`
        : `${expansion[form]}(${writer.text(text, 'json')})`,
    );
    return form === 'array' ? `c${i}` : `c${i}::${cast} AS c${i}`;
  });
  // The planner knows the length of an array and of a series, and nothing of what JSON holds.
  if (!lists.some(({ form }) => form === 'array')) {
    sources.push(`generate_series(1, ${writer.text(String(indexes.length), 'int8')})`);
    raw.push('number');
  }
  values.push(...made.map(({ sql }, i) => `${sql} AS c${columns.length + i}`), 'place');
  const all = [...columns, ...made.map(({ column }) => column)];
  return {
    sql: `given AS MATERIALIZED (SELECT ${values.join(', ')} FROM ROWS FROM (${sources.join(', ')}) WITH ORDINALITY r(${raw.join(', ')}, place))`,
    columns: all,
    name: (column) => `given.c${all.indexOf(column)}`,
  };
}

const expansion = { texts: 'json_array_elements_text', documents: 'json_array_elements' } as const;
