import { InvalidInput } from '@holdfast/errors';
import {
  assemblePage,
  type BatchQuerier,
  columnType,
  type ColumnShape,
  compileParentPages,
  type KeysOfKind,
  type Page,
  type Scope,
} from '@holdfast/querier';
import { dataOf, type EntityDefinition, liveRows } from './entity-definition.js';
import { place } from './place.js';
import type { RowSelection } from './row-selection.js';
import { type ReadSpec, readSpec } from './spec.js';

/** Whose pages: the column that says whose a row is, and the values of it. */
export interface ParentPagesArgs<Row, By extends KeysOfKind<Row, 'scalar'>> {
  readonly by: By;
  readonly parents: readonly NonNullable<Row[By]>[];
}

const total: ColumnShape = { property: '#total', sql: 'total', type: columnType('bigint'), nullable: false };

/**
 * The first page of each parent's rows in one statement, with flags, totals and cursors of its own; a cursor goes on in
 * a search with the parent as its last condition. Parents without rows have an empty page.
 */
export function parentPages<Row extends object, Data, Id, By extends KeysOfKind<Row, 'scalar'>>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  { by, parents }: ParentPagesArgs<Row, By>,
  batchQuerier: BatchQuerier<Row>,
  { includeDeleted = false }: RowSelection = {},
): ReadSpec<ReadonlyMap<NonNullable<Row[By]>, Page<Data>>> {
  return readSpec('pagesPerParent', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    // A text, too, can be iterated over.
    if (!Array.isArray(parents)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', '/parents');
    const asked = [...new Set(parents)];
    const context = { restriction: liveRows(definition, mapping, includeDeleted), cursors: catalog.cursors };
    const pages = compileParentPages(mapping, scope, by, asked, batchQuerier, context);
    const first = pages.counts ? [place, total] : [place];
    return {
      statement: mapping.returningParentPages(first, pages),
      values: pages.values,
      finish({ rows, positions }) {
        const found = asked.map(() => ({
          items: [] as Data[],
          positions: [] as (typeof positions)[number][],
          leads: [] as number[],
        }));
        for (const [index, joined] of (rows as readonly Joined[]).entries()) {
          const { '#place': at, '#total': count, ...row } = joined;
          const page = found[Number(at) - 1]!;
          if (count !== undefined) page.leads = [Number(count)];
          // Of a parent without rows there is one with nothing but NULLs.
          if (mapping.primaryKey.every(({ property }) => (row as Record<string, unknown>)[property] === null)) continue;
          page.items.push(dataOf(definition, row));
          if (positions.length > 0) page.positions.push(positions[index]!);
        }
        return new Map(asked.map((parent, i) => [parent, assemblePage(pages.pageOf(parent), found[i]!)]));
      },
    };
  });
}

interface Joined {
  readonly '#place': string;
  readonly '#total'?: string;
}
