import { isDeepStrictEqual } from 'node:util';
import { batchQuerier } from '@holdfast/querier';
import { EntityNotFound } from '@holdfast/errors';
import fc from 'fast-check';
import { anyCell, cellsOf } from '../arbitrary-cell.js';
import type { Cells } from '../cell.js';
import { columnsOf } from '../entity-plan.js';
import type { FuzzedRow } from '../entity-schema.js';
import type { Operation } from '../operation.js';
import { ourFault } from '../row-fault.js';
import { idOf } from '../row-keys.js';
import { scopeOf } from '../running.js';
import { keyOf } from '../stored-rows.js';
import { writeRows } from '../write-rows.js';

interface Removal {
  readonly rows: readonly Cells[];
  readonly place: number;
  readonly steps: readonly ('delete' | 'restore' | 'purge' | 'batchDelete' | 'batchPurge')[];
}

/** delete, restore, purge and their batches, one after the other: what is seen is what TypeORM sees. */
export const removal: Operation<Removal> = {
  name: 'removal',
  share: 10,
  arbitrary: ({ plan, keys }) => {
    const isSoft = columnsOf(plan, 'deleteDate').length > 0;
    const soft = isSoft ? (['delete', 'delete', 'restore', 'restore'] as const) : [];
    const batch = keys.length > 1 ? [] : isSoft ? (['batchDelete', 'batchPurge'] as const) : (['batchPurge'] as const);
    return fc.record({
      rows: fc.array(
        cellsOf(columnsOf(plan, 'value'), anyCell, ({ nullable, default: given }) => !nullable && given === null),
        { minLength: 1, maxLength: 3 },
      ),
      place: fc.nat(2),
      steps: fc.array(fc.constantFrom(...soft, ...batch, 'purge' as const), { minLength: 1, maxLength: 3 }),
    });
  },
  async judge(running, { rows, place, steps }) {
    const { table, way } = running;
    const { operations } = table;
    const tenant = running.tenant();
    const scope = scopeOf(tenant);
    await writeRows(running, tenant, rows);
    let stored = await running.stored(tenant);
    const before = [...stored.values()];
    const { values } = before[place % before.length]!;
    const id = idOf(table, values);
    let state: 'live' | 'deleted' | 'gone' = 'live';
    for (const step of steps) {
      const isMet =
        step === 'restore'
          ? state === 'deleted'
          : step.startsWith('batchP') || step === 'purge'
            ? state !== 'gone'
            : state === 'live';
      const last = stored.get(keyOf(table, values));
      let answer: FuzzedRow | number | null;
      if (step === 'batchDelete' || step === 'batchPurge') {
        ({ count: answer } = await running.execute(tenant, operations[step](scope, [id])));
      } else {
        answer = await running.execute(tenant, operations[step](scope, id)).catch((error: unknown) => {
          if (error instanceof EntityNotFound) return null;
          throw error;
        });
      }
      const isDone = typeof answer === 'number' ? answer === 1 : answer !== null;
      if (isDone !== isMet) return `${step} of a row that is ${state} ${isDone ? 'was' : 'was not'} done`;
      if (isDone)
        state = step === 'restore' ? 'live' : step === 'delete' || step === 'batchDelete' ? 'deleted' : 'gone';
      if (isDone && step === 'purge') {
        const fault = ourFault(table, new Map([[keyOf(table, values), last!]]), [answer as FuzzedRow]);
        if (fault !== null && running.disturbance === null) return fault;
      }
      stored = await running.stored(tenant);
      if (stored.has(keyOf(table, values)) !== (state !== 'gone'))
        return `the row is ${state} after ${step}, and is not`;
      const all = await running.execute(
        tenant,
        operations.search(scope, batchQuerier<FuzzedRow>({ pagination: { first: 10 } })),
      );
      const seen = await way.dataSource.getRepository(table.entity).find({ where: { tenant } });
      const keys = (some: readonly FuzzedRow[]): string[] => some.map((row) => keyOf(table, row)).sort();
      if (!isDeepStrictEqual(keys(all.items), keys(seen)))
        return `after ${step} we see ${keys(all.items).join()} and TypeORM ${keys(seen).join()}`;
    }
    return running.fault(tenant, null);
  },
};
