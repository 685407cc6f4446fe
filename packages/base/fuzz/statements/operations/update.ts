import fc from 'fast-check';
import { OptionalState, TriState } from '../../../src/index.js';
import { anyCell, cellsOf, givenCell } from '../arbitrary-cell.js';
import type { Cell, Cells } from '../cell.js';
import { columnsOf } from '../entity-plan.js';
import type { FuzzedTable } from '../fuzzed-table.js';
import type { Operation } from '../operation.js';
import { nested } from '../row-shape.js';
import { givenValues, idOf } from '../row-keys.js';
import { scopeOf } from '../running.js';
import { storedFault, textsFault } from '../stored-fault.js';
import type { StoredRow } from '../stored-rows.js';
import { isForTypeorm, writeRows } from '../write-rows.js';

/** How a change is said. */
const sayings = ['plainly', 'OptionalState', 'TriState'] as const;

interface Change {
  readonly cell: Cell;
  readonly saying: (typeof sayings)[number] | 'undefined' | 'nop';
}

interface Update {
  readonly before: Cells;
  readonly changes: Readonly<Record<string, Change>>;
}

/** Changes of some columns, said in all ways. */
export function arbitraryChanges({ plan }: FuzzedTable): fc.Arbitrary<Readonly<Record<string, Change>>> {
  const change = (cell: fc.Arbitrary<Cell>): fc.Arbitrary<Change> =>
    fc.record({ cell, saying: fc.constantFrom(...sayings, ...sayings, 'undefined', 'nop') });
  const entries = columnsOf(plan, 'value').map((column) => [column.property, change(givenCell(column))] as const);
  return fc.record(Object.fromEntries(entries), { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<
    Readonly<Record<string, Change>>
  >;
}

/** The cells that changes are to make, without what is left alone. */
export function changedCells(changes: Update['changes']): Cells {
  const made = Object.entries(changes).filter(([, { saying }]) => saying !== 'undefined' && saying !== 'nop');
  return Object.fromEntries(made.map(([property, { cell }]) => [property, cell]));
}

/** The changes as a program gives them. */
export function saidChanges(changes: Update['changes']): Record<string, unknown> {
  return nested(Object.fromEntries(Object.entries(changes).map(([property, change]) => [property, said(change)])));
}

function said({ cell: { given }, saying }: Change): unknown {
  if (saying === 'undefined') return undefined;
  if (saying === 'nop') return TriState.nop();
  if (saying === 'TriState') return given === null ? TriState.nullify() : TriState.update(given!);
  return saying === 'plainly' || given === null ? given : OptionalState.update(given!);
}

/** update, beside one of the same row by TypeORM. */
export const update: Operation<Update> = {
  name: 'update',
  share: 18,
  arbitrary: (table) =>
    fc.record({
      before: cellsOf(
        columnsOf(table.plan, 'value'),
        anyCell,
        ({ nullable, default: given }) => !nullable && given === null,
      ),
      changes: arbitraryChanges(table),
    }),
  async judge(running, { before, changes }) {
    const { table, way } = running;
    const [tenant, twin] = [running.tenant(), running.tenant()];
    await writeRows(running, tenant, [before]);
    const [earlier] = (await running.stored(tenant)).values() as Iterable<StoredRow> as [StoredRow];
    const spec = table.operations.update(scopeOf(tenant), idOf(table, earlier.values), {
      changes: saidChanges(changes) as never,
    });
    const updated = await running.execute(tenant, spec);
    const fault = await running.fault(tenant, [updated]);
    if (fault !== null) return fault;
    const [later] = running.judged.values();
    const cells = changedCells(changes);
    const odd =
      (await storedFault(running, later, cells)) ??
      textsFault(running, later!.texts, leftAlone(table, earlier, cells), 'was there');
    const isNothing = Object.keys(cells).length === 0;
    if (odd !== null || isNothing || !isForTypeorm(running, cells)) return odd;
    // The same change of a row that was the same, by TypeORM.
    await writeRows(running, twin, [before]);
    const [row] = (await running.stored(twin)).values() as Iterable<StoredRow> as [StoredRow];
    await way.dataSource.getRepository(table.entity).update(idOf(table, row.values) as never, givenValues(cells));
    const [byTypeorm] = (await running.stored(twin)).values() as Iterable<StoredRow> as [StoredRow];
    const compared = table.columns.filter(({ role }) => role === 'value' || role === 'version' || role === 'fixed');
    const texts = Object.fromEntries(compared.map(({ property }) => [property, byTypeorm.texts[property]!]));
    return textsFault(running, later!.texts, texts, 'is what TypeORM stores of the same');
  },
};

/** The texts that a change leaves as they were. */
export function leftAlone({ columns }: FuzzedTable, { texts }: StoredRow, cells: Cells): StoredRow['texts'] {
  const kept = columns.filter(({ role, property }) => {
    if (Object.hasOwn(cells, property) || role === 'updateDate') return false;
    return role !== 'version' || Object.keys(cells).length === 0;
  });
  const versions = Object.keys(cells).length === 0 ? [] : columns.filter(({ role }) => role === 'version');
  return Object.fromEntries([
    ...kept.map(({ property }) => [property, texts[property]!]),
    ...versions.map(({ property }) => [property, String(Number(texts[property]) + 1)]),
  ]) as StoredRow['texts'];
}
