import fc from 'fast-check';
import { everyRow } from '../../../src/index.js';
import { anyCell, cellsOf } from '../arbitrary-cell.js';
import type { Cells } from '../cell.js';
import { columnsOf } from '../entity-plan.js';
import type { Operation } from '../operation.js';
import { idOf } from '../row-keys.js';
import { scopeOf } from '../running.js';
import { storedFault, textsFault } from '../stored-fault.js';
import { writeRows } from '../write-rows.js';
import { arbitraryChanges, changedCells, leftAlone, saidChanges } from './update.js';

interface BatchUpdate {
  readonly rows: readonly Cells[];
  /** By place: whether the row is meant; null: all of them are. */
  readonly meant: readonly boolean[] | null;
  readonly changes: ReturnType<typeof arbitraryChanges> extends fc.Arbitrary<infer Changes> ? Changes : never;
}

/** batchUpdate of some rows by their ids, or of all that there are. */
export const batchUpdate: Operation<BatchUpdate> = {
  name: 'batchUpdate',
  share: 8,
  arbitrary: (table) => {
    if (columnsOf(table.plan, 'value').length === 0) return null;
    const some = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
    return fc.record({
      rows: fc.array(
        cellsOf(columnsOf(table.plan, 'value'), anyCell, ({ nullable, default: given }) => !nullable && given === null),
        { maxLength: 4 },
      ),
      meant: table.keys.length === 1 ? fc.option(some, { freq: 3 }) : fc.constant(null),
      changes: arbitraryChanges(table).filter((changes) => Object.keys(changedCells(changes)).length > 0),
    });
  },
  async judge(running, { rows, meant, changes }) {
    const { table } = running;
    const tenant = running.tenant();
    await writeRows(running, tenant, rows);
    const before = [...(await running.stored(tenant))];
    const chosen = new Set(before.filter((_, i) => meant?.[i] ?? true).map(([key]) => key));
    const ids = before.filter(([key]) => chosen.has(key)).map(([, { values }]) => idOf(table, values));
    const target = meant === null ? everyRow('all that a case has written') : ids;
    const { count } = await running.execute(
      tenant,
      table.operations.batchUpdate(scopeOf(tenant), target, { changes: saidChanges(changes) as never }),
    );
    if (count !== chosen.size) return `batchUpdate counted ${count} rows of ${chosen.size}`;
    const fault = await running.fault(tenant, null);
    if (fault !== null) return fault;
    const after = running.judged;
    for (const [key, earlier] of before) {
      const cells = chosen.has(key) ? changedCells(changes) : {};
      const later = after.get(key);
      const odd =
        (await storedFault(running, later, cells)) ??
        textsFault(running, later!.texts, leftAlone(table, earlier, cells), 'was there');
      if (odd !== null) return odd;
    }
    return null;
  },
};
