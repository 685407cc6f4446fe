import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Cells } from '../cell.js';
import type { Operation } from '../operation.js';
import { givenValues, newKey, takesKey } from '../row-keys.js';
import { scopeOf } from '../running.js';
import { storedFault } from '../stored-fault.js';
import { keyOf } from '../stored-rows.js';
import { createdCells, untouched } from './create.js';

interface Bulk {
  readonly rows: readonly Cells[];
  /** How often the rows are given again, under other keys. */
  readonly times: number;
}

/** bulkCreate of none, some and many rows, of which each gives columns of its own. */
export const bulkCreate: Operation<Bulk> = {
  name: 'bulkCreate',
  share: 12,
  arbitrary: (table) => {
    const rows = fc.array(createdCells(table), { maxLength: 5 });
    return fc.record({
      rows,
      times: fc.oneof({ weight: 40, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(60) }),
    });
  },
  async judge(running, { rows, times }) {
    const { table, world } = running;
    const tenant = running.tenant();
    const given = Array.from({ length: rows.length * times }, (_, i): Cells => ({
      ...newKey(table, world.next()),
      ...rows[i % rows.length],
    }));
    const specs = given.map((cells) => ({ values: givenValues(cells) }));
    const created = await running.execute(tenant, table.operations.bulkCreate(scopeOf(tenant), specs));
    const fault = await running.fault(tenant, created);
    if (fault !== null) return fault;
    const keys = (some: readonly object[]): string[] => some.map((row) => keyOf(table, row as Record<string, unknown>));
    const wanted = keys(given.map(givenValues));
    if (takesKey(table) && !isDeepStrictEqual(keys(created), wanted)) {
      return `bulkCreate gave ${keys(created).join()} where ${wanted.join()} were given`;
    }
    const stored = running.judged;
    for (const [i, row] of created.slice(0, rows.length).entries()) {
      const odd = await storedFault(running, stored.get(keyOf(table, row)), {
        ...untouched(table, given[i]!),
        ...given[i],
      });
      if (odd !== null) return odd;
    }
    return null;
  },
};
