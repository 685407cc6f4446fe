import { Misuse } from '@holdfast/errors';
import fc from 'fast-check';
import { UnreadableAnswer } from '../../../src/index.js';
import type { Cells } from '../cell.js';
import { columnsOf } from '../entity-plan.js';
import type { Operation } from '../operation.js';
import { shown } from '../row-fault.js';
import { idOf } from '../row-keys.js';
import { scopeOf } from '../running.js';
import { beyondDates } from '../samples/time-samples.js';
import { keyOf } from '../stored-rows.js';
import { writeRows } from '../write-rows.js';
import { createdCells } from './create.js';

interface Unreadable {
  readonly cells: Cells;
  readonly property: string;
  readonly text: string;
}

/** A time that no Date can hold is refused, and the statement after it on the same connection is answered. */
export const unreadable: Operation<Unreadable> = {
  name: 'unreadable',
  share: 2,
  arbitrary: (table) => {
    const times = columnsOf(table.plan, 'value').filter(
      ({ type, array, hidden }) => !array && !hidden && /instant|local/.test(type.reading),
    );
    if (times.length === 0) return null;
    return fc.record({
      cells: createdCells(table),
      property: fc.constantFrom(...times.map(({ property }) => property)),
      text: beyondDates.map(({ text }) => text),
    });
  },
  async judge(running, { cells, property, text }) {
    const { table } = running;
    const tenant = running.tenant();
    const scope = scopeOf(tenant);
    await writeRows(running, tenant, [{ ...cells, [property]: { text } }]);
    await writeRows(running, tenant, [cells]);
    const stored = [...(await running.stored(tenant)).values()].map(({ values }) => values);
    const isOdd = (row: (typeof stored)[number]): boolean => Number.isNaN((row[property] as Date | null)?.getTime());
    const odd = stored.find(isOdd)!;
    const outcome = await running
      .execute(tenant, table.operations.get(scope, idOf(table, odd)))
      .catch((error: unknown) => error);
    if (!(outcome instanceof Misuse || outcome instanceof UnreadableAnswer))
      return `${text} was read as ${shown(outcome)}`;
    const right = stored.find((row) => !isOdd(row))!;
    const got = await running.execute(tenant, table.operations.get(scope, idOf(table, right)));
    return keyOf(table, got) === keyOf(table, right) ? null : `after it, another row was read: ${shown(got)}`;
  },
};
