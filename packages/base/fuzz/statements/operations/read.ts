import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { anyCell, cellsOf } from '../arbitrary-cell.js';
import type { Cells } from '../cell.js';
import { columnsOf } from '../entity-plan.js';
import type { FuzzedRow } from '../entity-schema.js';
import type { Operation } from '../operation.js';
import { shown } from '../row-fault.js';
import { givenValues, idOf, newKey } from '../row-keys.js';
import { scopeOf } from '../running.js';
import { writeRows, type Writer, writers } from '../write-rows.js';

interface Reads {
  readonly rows: readonly Cells[];
  readonly writer: Writer;
  /** Which of the rows are asked for at once, by place; beyond the last: one that is not there. */
  readonly asked: readonly number[];
}

/** get, find and loadMany of rows that SQL or TypeORM has written. */
export const read: Operation<Reads> = {
  name: 'read',
  share: 25,
  arbitrary: ({ plan }) => {
    const values = columnsOf(plan, 'value');
    return fc.record({
      rows: fc.array(
        cellsOf(values, anyCell, ({ nullable, default: given }) => !nullable && given === null),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      writer: fc.constantFrom(...writers),
      asked: fc.array(fc.nat(4), { maxLength: 6 }),
    });
  },
  async judge(running, { rows, writer, asked }) {
    const { table, world } = running;
    const { operations } = table;
    const tenant = running.tenant();
    const scope = scopeOf(tenant);
    await writeRows(running, tenant, rows, writer);
    const stored = [...(await running.stored(tenant)).values()].map(({ values }) => values);
    const got: FuzzedRow[] = [];
    for (const row of stored) got.push(await running.execute(tenant, operations.get(scope, idOf(table, row))));
    const fault = await running.fault(tenant, got);
    if (fault !== null) return fault;
    const missing = {
      ...stored[0],
      ...givenValues(newKey({ ...table, keys: table.keys.map((key) => ({ ...key, generated: null })) }, world.next())),
    };
    const found = await running.execute(tenant, operations.find(scope, idOf(table, missing)));
    if (found !== null) return `find gave ${shown(found)} for a key that is not there`;
    if (table.keys.length > 1) return null;
    const wanted = asked.map((place) => got[place] ?? null);
    const ids = wanted.map((row) => idOf(table, row ?? missing));
    const many = await running.execute(tenant, operations.loadMany(scope, ids));
    return isDeepStrictEqual(many, wanted) ? null : `loadMany gave ${shown(many)} where get gave ${shown(wanted)}`;
  },
};
