import type fc from 'fast-check';
import { cellsOf, givenCell } from '../arbitrary-cell.js';
import type { Cells } from '../cell.js';
import { columnsOf } from '../entity-plan.js';
import type { FuzzedTable } from '../fuzzed-table.js';
import type { Operation } from '../operation.js';
import { givenValues, newKey } from '../row-keys.js';
import { type Running, scopeOf } from '../running.js';
import { storedFault, textsFault } from '../stored-fault.js';
import type { StoredRow } from '../stored-rows.js';
import { isForTypeorm, writeRows } from '../write-rows.js';

/** The cells of a row that a program creates. */
export function createdCells({ plan }: FuzzedTable): fc.Arbitrary<Cells> {
  return cellsOf(columnsOf(plan, 'value'), givenCell, ({ nullable, default: given }) => !nullable && given === null);
}

/** What a new row holds where nothing was given. */
export function untouched({ columns }: FuzzedTable, cells: Cells): Cells {
  const others = columns.filter(
    ({ property, role }) => !Object.hasOwn(cells, property) && (role === 'value' || role === 'fixed'),
  );
  const nothing = { text: null };
  const version = columns.filter(({ role }) => role === 'version').map(({ property }) => [property, { text: '1' }]);
  return Object.fromEntries([
    ...others.map((column) => [column.property, column.default ?? nothing]),
    ...version,
  ]) as Cells;
}

/** create, beside an insert of the same by TypeORM. */
export const create: Operation<Cells> = {
  name: 'create',
  share: 20,
  arbitrary: createdCells,
  async judge(running, cells) {
    const { table, world } = running;
    const tenant = running.tenant();
    const row = { ...newKey(table, world.next()), ...cells };
    const created = await running.execute(
      tenant,
      table.operations.create(scopeOf(tenant), { values: givenValues(row) }),
    );
    const fault = await running.fault(tenant, [created]);
    if (fault !== null) return fault;
    const [stored] = running.judged.values();
    const odd = await storedFault(running, stored, { ...untouched(table, cells), ...row });
    if (odd !== null || !isForTypeorm(running, cells)) return odd;
    return textsFault(
      running,
      stored!.texts,
      await writtenByTypeorm(running, cells),
      'is what TypeORM stores of the same',
    );
  },
};

/** The texts of a row of its own that TypeORM makes of cells; of the columns that hold no key and no time. */
async function writtenByTypeorm(running: Running, cells: Cells): Promise<Record<string, string | null>> {
  const tenant = running.tenant();
  await writeRows(running, tenant, [cells], 'insert');
  const [{ texts }] = [...(await running.stored(tenant)).values()] as [StoredRow];
  const kept = running.table.columns.filter(({ role }) => role === 'value' || role === 'fixed' || role === 'version');
  return Object.fromEntries(kept.map(({ property }) => [property, texts[property]!]));
}
