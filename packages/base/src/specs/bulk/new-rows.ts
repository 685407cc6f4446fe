import type { MappedColumn } from '../../entity/entity-mapping.js';
import type { Cells } from '../creation.js';
import { type GivenRows, givenRows } from './given-rows.js';

/**
 * New rows by the columns that they give, so that none comes before one that it may refer to: what only one row gives in
 * a column, and a later row in another column, may be what a foreign key to the same table leads to.
 */
export function newRows(rows: readonly Cells[]): readonly GivenRows[] {
  const first = rows[0] ?? [];
  const areAlike = rows.every((cells) => cells.length === first.length && cells.every(([c], i) => c === first[i]![0]));
  if (areAlike) return givenRows(rows);
  const waves = wavesOf(rows);
  const groups = givenRows(rows, waves.map(String));
  return groups.toSorted((a, b) => waves[a.indexes[0]!]! - waves[b.indexes[0]!]!);
}

/** For each row in which of several rounds of statements it can be stored, counted from 0. */
function wavesOf(rows: readonly Cells[]): readonly number[] {
  const givers = giversOf(rows);
  const shapes = rows.map((cells) =>
    cells
      .map(([{ sql }]) => sql)
      .toSorted()
      .join(),
  );
  const waves: number[] = [];
  rows.forEach((cells, index) => {
    let wave = 0;
    for (const [column, text] of cells) {
      if (text === null) continue;
      for (const [other, giver] of givers.get(nameOf(column, text)) ?? []) {
        if (giver === null || giver >= index || other === column) continue;
        // Rows of one statement may refer to each other.
        wave = Math.max(wave, waves[giver]! + (shapes[giver] === shapes[index] ? 0 : 1));
      }
    }
    waves.push(wave);
  });
  return waves;
}

/** By what is given: in which columns, and by which row; null where several give it. */
function giversOf(rows: readonly Cells[]): ReadonlyMap<string, ReadonlyMap<MappedColumn, number | null>> {
  const givers = new Map<string, Map<MappedColumn, number | null>>();
  rows.forEach((cells, index) => {
    for (const [column, text] of cells) {
      if (text === null) continue;
      const name = nameOf(column, text);
      const columns = givers.get(name) ?? new Map<MappedColumn, number | null>();
      givers.set(name, columns.set(column, columns.has(column) ? null : index));
    }
  });
  return givers;
}

function nameOf({ type }: MappedColumn, text: string): string {
  return type.kind === 'uuid' ? text.toLowerCase() : text;
}
